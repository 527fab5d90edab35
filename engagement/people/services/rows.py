"""A row of a file, cleaned; what is wrong with it is named by row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from engagement.core import digests, texts
from engagement.people.models import Function, Interest, Person, Sector
from engagement.people.services.likeness import fold

LONGEST = {"name": 200, "email": 320, "other_email": 320, "organisation": 200}
LONGEST |= {"post": 200, "tags": 600}
NEEDED = {"name", "email"}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y")


Cleaner = Callable[[str], object]


class Bad(NamedTuple):
    """`column` is the file's own heading."""

    row: int
    column: str
    problem: str


@dataclass
class Row:
    number: int
    name: str = ""
    email: str = ""
    other_email: str = ""
    language: str = ""
    sector: str = ""
    function: str = ""
    organisation: str = ""
    post: str = ""
    started_on: date | None = None
    tags: list[str] = field(default_factory=list)
    interests: list[int] = field(default_factory=list)
    # Of the two addresses; worked out once.
    digest: str = ""
    other_digest: str = ""


class Refusal(Exception):
    """What is wrong with a cell, in words."""


def clean(
    number: int,
    cells: Mapping[str, str],
    columns: Mapping[str, str],
    cleaners: Mapping[str, Cleaner],
) -> tuple[Row, list[Bad]]:
    """`cells` by our fields; what is wrong is said under the file's headings.
    `cleaners` are what `cleaners()` gives."""
    row, bad = Row(number), []
    values = _with_whole_name(cells)
    for name, cleaner in cleaners.items():
        typed = values.get(name, "")
        if not typed and name not in NEEDED:
            continue
        try:
            text = texts.line(typed)
            if len(text) > LONGEST.get(name, 1000):
                raise Refusal(
                    _("Use %(n)s characters or fewer.") % {"n": LONGEST[name]}
                )
            if text or name in NEEDED:
                setattr(row, name, cleaner(text))
        except (Refusal, texts.Unfit) as refusal:
            heading = columns.get(name) or columns.get("last_name", name)
            bad.append(Bad(number, heading, str(refusal)))
    row.digest = digests.of_address(row.email)
    row.other_digest = digests.of_address(row.other_email) if row.other_email else ""
    return row, bad


def _with_whole_name(cells: Mapping[str, str]) -> dict[str, str]:
    """A name in two columns is one name."""
    parts = (cells.get("first_name", ""), cells.get("last_name", ""))
    whole = cells.get("name") or " ".join(part for part in parts if part)
    return {**cells, "name": whole}


def _name(text: str) -> str:
    if not text:
        raise Refusal(_("Enter a name."))
    return text


def _email(text: str) -> str:
    text = texts.address(text)
    try:
        validate_email(text)
    except ValidationError as error:
        raise Refusal(_("This is not an e-mail address.")) from error
    return text


def _choice(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """By its key, or by its label in either language."""

    def cleaner(text: str) -> str:
        found = _labels(choices).get(fold(text)) or _labels(choices).get(text)
        if found is None:
            labels = ", ".join(str(label) for label in choices.labels)
            raise Refusal(_("This must be one of: %(values)s.") % {"values": labels})
        return found

    return cleaner


@cache
def _labels(choices: type[models.TextChoices]) -> dict[str, str]:
    labels = {value: value for value in choices.values}
    for lang in ("en", "cy"):
        with translation.override(lang):
            labels |= {fold(str(choice.label)): choice.value for choice in choices}
    if choices is Person.Language:
        words = {"english": "en", "saesneg": "en", "welsh": "cy", "cymraeg": "cy"}
        labels |= words
    return labels


def _date(text: str) -> date:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Refusal(_("Write the date as 2026-01-31 or 31/01/2026."))


def _words(text: str) -> list[str]:
    found = [" ".join(word.split())[:60] for word in re.split(r"[;,]", text)]
    return sorted({word for word in found if word})


def _interests(text: str, known: Mapping[str, int]) -> list[int]:
    keys = set()
    for word in _words(text):
        if fold(word) not in known:
            raise Refusal(_("There is no interest called “%(name)s”.") % {"name": word})
        keys.add(known[fold(word)])
    return sorted(keys)


def cleaners() -> dict[str, Cleaner]:
    """What makes of each field's text what is kept; asks once which interests there
    are."""
    interests = Interest.objects.values_list("pk", "name_en", "name_cy")
    known = {fold(name): pk for pk, *names in interests for name in names}
    return {**CLEANERS, "interests": partial(_interests, known=known)}


CLEANERS: dict[str, Cleaner] = {
    "name": _name,
    "email": _email,
    "other_email": _email,
    "language": _choice(Person.Language),
    "sector": _choice(Sector),
    "function": _choice(Function),
    "organisation": str,
    "post": str,
    "started_on": _date,
    "tags": _words,
}
