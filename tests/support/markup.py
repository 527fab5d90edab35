"""What a browser would make of a text, told by a real HTML parser."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import tinyhtml5

PICTURES = {
    "map": SimpleNamespace(
        url="/media/map.png", alt="A map of Wales", width=1000, height=500
    )
}
# What the parser adds around a piece of a page, and what charts are drawn with.
AROUND = {"html", "head", "body"}
DRAWN = {"svg", "title", "desc", "text", "rect", "path"}


def elements(html):
    found = _all(html)
    return [e for e in found if isinstance(e.tag, str) and e.tag not in AROUND]


def comments(html):
    return [e for e in _all(html) if not isinstance(e.tag, str)]


def _all(html):
    # As bytes: a short string would be looked for on disk.
    data = html.encode()
    root = tinyhtml5.parse(
        data, namespace_html_elements=False, override_encoding="utf-8"
    )
    return list(root.iter())


def assert_harmless(html, tags, attributes, sources):
    """Nothing but these elements and attributes, and addresses that can do no harm."""
    assert comments(html) == []
    for element in elements(html):
        tag = element.tag.rpartition("}")[2]
        if element.tag != tag:
            assert tag in DRAWN
            assert not {name for name in element.attrib if name.startswith("on")}
            assert not {"style", "href"} & set(element.attrib)
            continue
        assert tag in tags, tag
        allowed = attributes.get(tag, set()) | attributes["*"] | {"rel"}
        assert set(element.attrib) <= allowed, element.attrib
        href = element.get("href", "")
        assert urlsplit(href).scheme in {"", "http", "https", "mailto"}, href
        assert element.get("src", "/media/map.png") in sources
