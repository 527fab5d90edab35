"""The code book of a survey: what was asked of whom, and which answers there were."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from engagement.core import texts
from engagement.core.errors import Refused

KINDS = ("single", "multiple")
# Whom a percentage is of: all who took part, those who were asked, or those who answered.
BASES = ("all", "asked", "answered")
LONGEST = 300
MOST_INVITED = 10**9


class BadBook(Refused):
    """Names the question and the field."""


class Book(NamedTuple):
    """`questions` are as they are kept: id, text_en, text_cy, kind, base, asked (a question
    and the answers to it that lead here), aware (answers that mean knowing a study), about (which one, by its slug; "" is
    the survey's own), source, options (code, label_en, label_cy)."""

    slug: str
    study: str
    texts: dict[str, str]
    invited: int
    undeliverable: int
    synthetic: bool
    questions: list[dict[str, Any]]


def read(content: bytes) -> Book:
    """Raises BadBook."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise BadBook(_("The code book must be JSON in UTF-8.")) from error
    if not isinstance(found, dict) or not isinstance(found.get("questions"), list):
        raise BadBook(_("The code book must be one object with “questions”."))
    invited = _number(found, "invited")
    undeliverable = _number(found, "undeliverable")
    if undeliverable > invited:
        raise BadBook(_("More invitations were undeliverable than were sent."))
    named = {
        name: _text(found, name, _("the survey"), needed=name.startswith("title"))
        for name in ("title_en", "title_cy", "note_en", "note_cy", "source")
    }
    return Book(
        slug=_text(found, "slug", _("the survey")),
        study=_text(found, "study", _("the survey")),
        texts=named,
        invited=invited,
        undeliverable=undeliverable,
        synthetic=bool(found.get("synthetic")),
        questions=_questions(found["questions"]),
    )


def _questions(found: list[Any]) -> list[dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(found, 1):
        where = _("question %(number)s") % {"number": number}
        if not isinstance(one, dict):
            raise BadBook(_("In %(where)s: it is no object.") % {"where": where})
        question = _question(one, where, kept)
        if question["id"] in kept or question["id"] == "id":
            words = {"where": where, "name": question["id"]}
            raise BadBook(_("In %(where)s: “%(name)s” is there twice.") % words)
        kept[question["id"]] = question
    if not kept:
        raise BadBook(_("The code book has no questions."))
    return list(kept.values())


def _question(
    one: dict[str, Any], where: str, before: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    options = one.get("options")
    if not isinstance(options, list) or not options:
        raise BadBook(_("In %(where)s: it has no options.") % {"where": where})
    kept = [_option(option, where) for option in options]
    if len({option["code"] for option in kept}) != len(kept):
        raise BadBook(_("In %(where)s: a code is there twice.") % {"where": where})
    return {
        "id": _text(one, "id", where),
        "text_en": _text(one, "text_en", where),
        "text_cy": _text(one, "text_cy", where),
        "kind": _choice(one, "kind", KINDS, where),
        "base": _choice(one, "base", BASES, where),
        "asked": _asked(one.get("asked", {}), where, before),
        "aware": [str(code) for code in one.get("aware", ())],
        "about": _text(one, "about", where, needed=False),
        "source": _text(one, "source", where, needed=False),
        "options": kept,
    }


def _option(found: Any, where: str) -> dict[str, str]:
    option = found if isinstance(found, dict) else {}
    return {
        name: _text(option, name, where) for name in ("code", "label_en", "label_cy")
    }


def _asked(
    found: Any, where: str, before: Mapping[str, dict[str, Any]]
) -> dict[str, list[str]]:
    """Only of those who gave one of these answers to questions before."""
    kept: dict[str, list[str]] = {}
    for name, codes in (found if isinstance(found, dict) else {"": []}).items():
        options = before.get(name, {}).get("options", [])
        known = {option["code"] for option in options}
        if (
            not isinstance(codes, list)
            or not codes
            or not set(map(str, codes)) <= known
        ):
            words = {"where": where, "name": name}
            raise BadBook(
                _(
                    "In %(where)s: “asked” names no answers of a question before: “%(name)s”."
                )
                % words
            )
        kept[name] = [str(code) for code in codes]
    return kept


def _choice(
    one: dict[str, Any], name: str, choices: tuple[str, ...], where: str
) -> str:
    value = one.get(name, choices[0])
    if value not in choices:
        words = {"where": where, "name": name, "choices": ", ".join(choices)}
        raise BadBook(_("In %(where)s: “%(name)s” must be one of %(choices)s.") % words)
    return str(value)


def _text(found: dict[str, Any], name: str, where: str, *, needed: bool = True) -> str:
    value = found.get(name, "")
    try:
        kept = texts.line(value) if isinstance(value, str) else ""
    except texts.Unfit as unfit:
        words = {"where": where, "name": name, "problem": str(unfit)}
        raise BadBook(_("In %(where)s: “%(name)s”: %(problem)s") % words) from unfit
    if (needed and not kept) or len(kept) > LONGEST:
        words = {"where": where, "name": name, "most": str(LONGEST)}
        raise BadBook(
            _("In %(where)s: “%(name)s” must be a text of up to %(most)s letters.")
            % words
        )
    return kept


def _number(found: dict[str, Any], name: str) -> int:
    value = found.get(name, 0)
    if type(value) is not int or not 0 <= value < MOST_INVITED:
        raise BadBook(_("“%(name)s” must be a whole number.") % {"name": name})
    return value
