"""Pages as tagged PDF."""

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engagement.core.errors import Refused


class NoPdf(Refused):
    """The machine lacks the libraries that set the text (Pango)."""


def render(template: str, context: dict[str, object]) -> bytes:
    """The template as PDF, tagged for screen readers (PDF/UA-1 is what it aims at).

    The language is that of the template's `html` element. Nothing is fetched from the
    network or from disk: pictures are inline SVG or data: addresses. Raises NoPdf.
    """
    try:
        # Here, because without Pango the import fails, and the site must not.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as error:
        raise NoPdf(
            _("This machine cannot make PDF files: Pango is missing.")
        ) from error
    fetcher = URLFetcher(allowed_protocols=["data"])
    page = HTML(string=render_to_string(template, context), url_fetcher=fetcher)
    style = CSS(filename=finders.find("dolen/pdf.css"))
    pdf: bytes = page.write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return pdf
