"""The outputs of the 2011 report, and one synthetic one with files to download."""

from contextlib import suppress

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from engagement.core import demo, pdf
from engagement.outputs.models import File, Output
from engagement.outputs.services import files
from engagement.studies.models import Study

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
    "is_synthetic": True,
    "source": "Annex 1 1.12, 2.47; fn 5, fn 17",
}


def load() -> str:
    studies: dict[str | None, Study] = {s.slug: s for s in Study.objects.all()}
    records = demo.read(__file__, "outputs")
    for record in records:
        study = studies.get(record["study"])
        published = {"published_at": None}
        demo.keep(Output, record | published | {"study": study, "supersedes": None})
    outputs = {output.slug: output for output in Output.objects.all()}
    for record in records:
        if older := outputs.get(record["supersedes"] or ""):
            row = Output.objects.filter(slug=record["slug"], supersedes=None)
            row.update(supersedes=older)
    guide = demo.keep(
        Output, GUIDE | {"study": studies["wimd"], "published_at": timezone.now()}
    )
    if not File.objects.filter(edition__output=guide).exists():
        # Without Pango the output has no files; all else works.
        with suppress(pdf.NoPdf):
            for lang in ("en", "cy"):
                _add_file(guide, lang)
    return f"outputs {Output.objects.count()}"


def _add_file(guide: Output, lang: str) -> None:
    with translation.override(lang):
        content = pdf.render("outputs/guide_pdf.html", {"lang": lang, "guide": guide})
    upload = SimpleUploadedFile(f"reading-the-ranks-{lang}.pdf", content)
    files.add(by=None, output=guide, upload=upload, language=lang)
