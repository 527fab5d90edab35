"""Examples of the pages of surveys (see addresses.py)."""

from engagement.evidence.models import Survey


def examples():
    first = Survey.objects.first()
    pages = ("survey", "publish_survey", "discard_survey")
    return {f"evidence:{page}": [first.slug if first else "none"] for page in pages}
