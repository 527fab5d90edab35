"""The outputs of the 2011 report, and one synthetic one with files to download."""

from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from engagement.core import demo, pdf
from engagement.outputs import demo_releases
from engagement.outputs.models import Edition, File, Output
from engagement.outputs.services import authors, files, search
from engagement.people.models import Interest
from engagement.studies.models import Study, Term

GUIDE = {
    "slug": "reading-ranks-synthetic",
    "kind": "guidance",
    "status": "published",
    "title_en": "Reading the ranks: dos and don'ts (synthetic)",
    "title_cy": "Darllen y safleoedd: beth i'w wneud a beth i'w osgoi (synthetig)",
    "summary_en": (
        "One page for people who are not statisticians. Made up for the demonstration "
        "from what the 2011 report says."
    ),
    "summary_cy": (
        "Un dudalen i bobl nad ydynt yn ystadegwyr. Fe'i lluniwyd ar gyfer yr arddangosiad "
        "ar sail yr hyn a ddywed adroddiad 2011."
    ),
    "authors": ["Dolen (synthetic)"],
    "audience": ["local_authority", "elected", "voluntary", "public"],
    "terms": ["rank", "Lower Super Output Area"],
    "is_synthetic": True,
    "source": "Annex 1 1.12, 2.47; fn 5, fn 17",
}


def load() -> str:
    studies: dict[str | None, Study] = {s.slug: s for s in Study.objects.all()}
    records = demo.read(__file__, "outputs")
    for record in records:
        study = studies.get(record["study"])
        published = {"published_at": None}
        _keep(record | published | {"study": study, "supersedes": None})
    outputs = {output.slug: output for output in Output.objects.all()}
    for record in records:
        if older := outputs.get(record["supersedes"] or ""):
            row = Output.objects.filter(slug=record["slug"], supersedes=None)
            row.update(supersedes=older)
    guide = _keep(GUIDE | {"study": studies["wimd"], "published_at": timezone.now()})
    if not File.objects.filter(edition__output=guide).exists():
        # Without Pango the output has no files; all else works.
        with suppress(pdf.NoPdf):
            for lang in ("en", "cy"):
                _add_file(guide, lang)
    demo_releases.load(studies)
    search.reindex_all()
    return f"outputs {Output.objects.count()}"


def _keep(record: dict[str, Any]) -> Output:
    """With its authors, subjects and terms, unless staff have changed them since; what
    is published has an edition, of its own year."""
    names = [authors.read(name) for name in record.pop("authors")]
    subjects, terms = record.pop("subjects", []), record.pop("terms", [])
    output: Output = demo.keep(Output, record)
    if names and not output.authors.exists():
        authors.replace(output=output, names=names)
    if subjects and not output.subjects.exists():
        output.subjects.set(Interest.objects.filter(slug__in=subjects))
    if terms and not output.terms.exists():
        found = Term.objects.filter(study=output.study_id, term_en__in=terms)
        output.terms.set(found)
    if output.status == Output.Status.PUBLISHED:
        facts = {"year": output.year, "published_at": timezone.now()}
        Edition.objects.get_or_create(output=output, number=1, defaults=facts)
    return output


def _add_file(guide: Output, lang: str) -> None:
    with translation.override(lang):
        content = pdf.render("outputs/guide_pdf.html", {"lang": lang, "guide": guide})
    upload = SimpleUploadedFile(f"reading-the-ranks-{lang}.pdf", content)
    files.add(by=None, output=guide, upload=upload, language=lang)
