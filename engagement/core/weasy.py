"""WeasyPrint, held to what Dolen promises of a PDF.

Imported only where a PDF is made: without Pango the import raises OSError.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pydyf
from weasyprint import CSS, HTML
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags
from weasyprint.urls import URLFetcher, URLFetcherResponse

Files = Mapping[str, Callable[[], bytes]]


class OnlyThese(URLFetcher):  # type: ignore[misc]
    """Gives out the files it was given, by address, and data: addresses; asks nobody."""

    def __init__(self, files: Files) -> None:
        super().__init__(allowed_protocols=["data"])
        self._files = files

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url in self._files:
            return URLFetcherResponse(url, self._files[url]())
        return super().fetch(url, headers)


def pdf(
    html: str, *, styles: list[str], css: str, base_url: str, files: Files
) -> tuple[bytes, int]:
    """The file, and how many pages it has. `styles` are paths of style sheets, `css` is
    one in words, after them. Addresses without a host lead to `base_url`."""
    page = HTML(string=html, base_url=base_url, url_fetcher=OnlyThese(files))
    sheets = [*(CSS(filename=path) for path in styles), CSS(string=css)]
    options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
    document = page.render(stylesheets=sheets, **options)
    return document.write_pdf(**options), len(document.pages)


_build = tags._build_box_tree


def _with_language(box: Any, *args: Any) -> Iterator[Any]:
    """WeasyPrint tells the language of the document alone, and not what a header of a
    table heads (WCAG 3.1.2, 1.3.1; PDF/UA-1, 7.2 and 7.5)."""
    of = (box._box if isinstance(box, AbsolutePlaceholder) else box).element
    for made in _build(box, *args):
        if of is not None and of.tag not in {"html", "body"}:
            _tell(made, of)
        yield made


def _tell(made: Any, of: Any) -> None:
    if lang := of.get("lang"):
        made["Lang"] = pydyf.String(lang)
    if made["S"] == "/TH":
        made["A"]["Scope"] = "/Row" if of.get("scope") == "row" else "/Column"
    if made["S"] == "/Figure" and "Alt" not in made and of.get("aria-label"):
        made["Alt"] = pydyf.String(of.get("aria-label"))


tags._build_box_tree = _with_language
