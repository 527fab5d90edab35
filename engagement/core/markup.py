"""Markdown that people type, as HTML that can do no harm."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown import markdown

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "del", "sup", "sub"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "code", "pre", "a", "abbr"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "th": {"scope"},
    "*": {"lang"},
}


def render(text: str) -> SafeString:
    """Safe HTML of `text`; links may be http, https or mailto and nothing else.

    A heading of one `#` becomes h2: the page has its own h1.
    """
    html = markdown(
        text,
        extensions=["tables", "abbr", "def_list", "sane_lists", "toc"],
        extension_configs={"toc": {"baselevel": 2, "toc_depth": 0, "marker": ""}},
    )
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
