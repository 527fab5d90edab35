"""A report as a tagged PDF, from its frozen data and nothing else."""

from django.conf import settings
from django.utils import translation

from engagement.core import pdf
from engagement.reports import pages
from engagement.reports.gathering import Document


def make(document: Document, digest: str, *, address: str = "") -> pdf.Made:
    """In the language of the document. The same data makes the same bytes: dates in it
    are the cut-off's, and no clock is asked. Raises pdf.NoPdf."""
    lang = document["lang"]
    with translation.override(lang):
        context = {
            "lang": lang,
            "page": pages.of(document),
            "digest": digest,
            "address": f"{settings.SITE_URL}{address}" if address else "",
        }
        return pdf.make(
            "reports/report_pdf.html", context, styles=["reports/report.css"]
        )
