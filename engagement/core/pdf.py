"""Pages as tagged PDF."""

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


def render(template: str, context: dict[str, object]) -> bytes:
    """The template as PDF, tagged for screen readers (PDF/UA-1 is what it aims at).

    The language is that of the template's `html` element. Nothing is fetched from the
    network or from disk: pictures are inline SVG or data: addresses.
    """
    fetcher = URLFetcher(allowed_protocols=["data"])
    page = HTML(string=render_to_string(template, context), url_fetcher=fetcher)
    style = CSS(filename=finders.find("dolen/pdf.css"))
    pdf: bytes = page.write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return pdf
