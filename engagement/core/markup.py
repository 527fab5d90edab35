"""Markdown that people type, as HTML that can do no harm."""

import re

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

TOP_HEADING = re.compile(r"^(# |=+\s*$)", re.MULTILINE)


def render(text: str) -> SafeString:
    """Safe HTML of `text`; links may be http, https or mailto and nothing else.

    The highest heading becomes h2, whether it was typed with one `#` or with two: the
    page has its own h1, and a level must not be passed over.
    """
    level = 2 if TOP_HEADING.search(text) else 1
    html = markdown(
        text,
        extensions=["tables", "abbr", "def_list", "sane_lists", "toc"],
        extension_configs={"toc": {"baselevel": level, "toc_depth": 0, "marker": ""}},
    )
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
