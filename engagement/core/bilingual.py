"""Bilingual fields are pairs of columns, `title_en` and `title_cy`."""

from typing import Any, NamedTuple

from django.utils.translation import get_language

LANGUAGES = ("en", "cy")


class Shown(NamedTuple):
    """A text and the language it is really in, which may not be the one asked for."""

    text: str
    lang: str


def other(lang: str) -> str:
    return "cy" if lang == "en" else "en"


def active() -> str:
    """The reader's language: "en" or "cy"."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def shown(thing: Any, field: str, lang: str | None = None) -> Shown:
    """The field in `lang` (the reader's by default), else in the other language.

    Says which it is, so that pages can mark it with `lang` (WCAG 3.1.2).
    """
    wanted = lang or active()
    for choice in (wanted, other(wanted)):
        if text := getattr(thing, f"{field}_{choice}"):
            return Shown(text, choice)
    return Shown("", wanted)


def missing(thing: Any, *fields: str) -> list[str]:
    """Names of the columns that are filled in one language and empty in the other."""
    return [
        f"{field}_{lang}"
        for field in fields
        for lang in LANGUAGES
        if not getattr(thing, f"{field}_{lang}").strip()
        and getattr(thing, f"{field}_{other(lang)}").strip()
    ]
