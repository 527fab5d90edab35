"""Pages as tagged PDF."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engagement.core.errors import Refused


class NoPdf(Refused):
    """The machine lacks the libraries that set the text (Pango)."""


class Made(NamedTuple):
    content: bytes
    pages: int


def render(template: str, context: Mapping[str, object]) -> bytes:
    """As `make`, the file alone."""
    return make(template, context).content


def make(
    template: str,
    context: Mapping[str, object],
    *,
    styles: Sequence[str] = (),
    css: str = "",
    files: Mapping[str, Callable[[], bytes]] | None = None,
) -> Made:
    """The template as PDF, tagged for screen readers (PDF/UA-1 is what it aims at).

    The language is that of the template's `html` element. `styles` are static files
    beside dolen/pdf.css, and `css` comes last. Nothing is fetched from the network or
    from disk but what `files` gives, by absolute address: other pictures are inline SVG
    or data: addresses. What is the same makes the same bytes. Raises NoPdf.
    """
    try:
        # Here, because without Pango the import fails, and the site must not.
        from engagement.core import weasy  # noqa: PLC0415
    except OSError as error:
        raise NoPdf(
            _("This machine cannot make PDF files: Pango is missing.")
        ) from error
    paths = [finders.find(name) for name in ("dolen/pdf.css", *styles)]
    content, pages = weasy.pdf(
        render_to_string(template, dict(context)),
        styles=[path for path in paths if path],
        css=css,
        base_url=f"{settings.SITE_URL}/",
        files=files or {},
    )
    return Made(content, pages)
