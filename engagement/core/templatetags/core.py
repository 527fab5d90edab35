"""Template tags that every page may use without loading them."""

from typing import Any

from django import template
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.core import bilingual, markup

register = template.Library()


@register.simple_tag
def bi(thing: Any, field: str) -> SafeString:
    """The field in the reader's language; marked with `lang` when it is the other."""
    text, lang = bilingual.shown(thing, field)
    if lang == bilingual.active() or not text:
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', lang, text)


@register.simple_tag
def bi_markdown(thing: Any, field: str, pictures: Any = None) -> SafeString:
    """As `bi`, for a field of Markdown: sanitised HTML in a block.

    `pictures` is what the text may show: names with pictures (see `markup.Picture`).
    Our own words in it (of notes, of what is missing) are in the language of the text.
    """
    text, lang = bilingual.shown(thing, field)
    prefix = f"{type(thing).__name__}-{getattr(thing, 'pk', '')}-{field}-".lower()
    with translation.override(lang):
        html = markup.render(text, pictures or None, prefix)
    return format_html('<div class="prose" lang="{}">{}</div>', lang, html)


@register.filter
def markdown(text: str) -> SafeString:
    return markup.render(text)
