"""Examples of the pages of evidence (see addresses.py)."""

from django.core.files.base import ContentFile

from engagement.evidence.models import (
    EvidenceOfUse,
    Recommendation,
    Source,
    Submission,
)
from engagement.outputs.models import Output


def examples():
    use = EvidenceOfUse.objects.get(slug="synthetic-grants")
    output = Output.objects.get(slug="wimd-2008")
    step = use.path.first()
    recommendation = Recommendation.objects.first().pk
    told = Submission.objects.first().pk
    of_use = [
        "show",
        "edit",
        "edit_ties",
        "consent",
        "publish",
        "unpublish",
        "add_source",
        "add_step",
    ]
    return {
        **{f"evidence:{page}": [use.pk] for page in of_use},
        "evidence:entry": [use.slug],
        "evidence:tell": ["output", output.pk],
        "evidence:graph": ["output", output.pk],
        "evidence:graph_data": ["output", output.pk],
        "evidence:source_file": [_file(use).pk],
        "evidence:remove_source": [use.sources.first().pk],
        "evidence:remove_step": [step.pk],
        **{f"evidence:{page}": [told] for page in ("submission", "take_up", "decline")},
        "evidence:recommendation": [recommendation],
        "evidence:note_recommendation": [recommendation],
    }


def _file(use):
    found = use.sources.exclude(upload="").first()
    if found is None:
        texts = {"title_en": "A letter", "title_cy": "Llythyr", "name": "letter.txt"}
        found = Source(use=use, kind="document", content_type="text/plain", **texts)
        found.upload.save("letter.txt", ContentFile(b"We used it."))
    return found
