"""Which column of a file is which of ours."""

import hashlib
from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.errors import Refused
from engagement.people.models import ColumnMapping
from engagement.people.services.likeness import fold

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail address"),
    "other_email": gettext_lazy("Another e-mail address"),
    "language": gettext_lazy("Order of languages"),
    "sector": gettext_lazy("Sector"),
    "organisation": gettext_lazy("Organisation"),
    "post": gettext_lazy("Post"),
    "function": gettext_lazy("Function"),
    "started_on": gettext_lazy("From"),
    "tags": gettext_lazy("Tags"),
    "interests": gettext_lazy("Interests"),
}
# How headings are worded, in both languages; compared without accents and order.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "contact", "enw", "enw llawn"),
    "first_name": ("first name", "forename", "given name", "enw cyntaf"),
    "last_name": ("last name", "surname", "family name", "cyfenw"),
    "email": (
        "email",
        "e mail",
        "email address",
        "e mail address",
        "e bost",
        "ebost",
        "cyfeiriad e bost",
        "cyfeiriad ebost",
    ),
    "other_email": (
        "other email",
        "second email",
        "alternative email",
        "another e mail address",
        "e bost arall",
    ),
    "language": (
        "language",
        "preferred language",
        "order of languages",
        "iaith",
        "dewis iaith",
        "trefn yr ieithoedd",
    ),
    "sector": ("sector", "type of organisation"),
    "organisation": (
        "organisation",
        "organization",
        "company",
        "employer",
        "body",
        "sefydliad",
        "corff",
        "cyflogwr",
    ),
    "post": ("post", "job title", "title", "role", "position", "swydd", "teitl swydd"),
    "function": ("function", "area of work", "swyddogaeth"),
    "started_on": ("from", "start date", "since", "o", "dyddiad dechrau"),
    "tags": ("tags", "labels", "tagiau"),
    "interests": ("interests", "topics", "diddordebau"),
}


class BadMapping(Refused):
    """A column that is needed is missing, or is used twice."""


def guess(headings: Sequence[str]) -> dict[str, str]:
    """{field: heading}: as these headings were mapped before, else by their words."""
    if known := ColumnMapping.objects.filter(headings_digest=digest(headings)).first():
        return dict(known.columns)
    folded = {fold(heading): heading for heading in headings if heading}
    return {
        field: folded[fold(word)]
        for field, words in HEADINGS.items()
        for word in reversed((*_labels(field), *words))
        if fold(word) in folded
    }


def _labels(field: str) -> list[str]:
    """As an export of ours heads the column, in both languages."""
    found = []
    for lang in ("en", "cy"):
        with translation.override(lang):
            found.append(str(FIELDS[field]))
    return found


def check(columns: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raises BadMapping."""
    used = [heading for heading in columns.values() if heading]
    if unknown := [heading for heading in used if heading not in headings]:
        raise BadMapping(_("The file has no column “%(name)s”.") % {"name": unknown[0]})
    if twice := [heading for heading in used if used.count(heading) > 1]:
        raise BadMapping(_("The column “%(name)s” is used twice.") % {"name": twice[0]})
    if "email" not in columns:
        raise BadMapping(_("Say which column holds the e-mail address."))
    if not {"name", "last_name"} & set(columns):
        raise BadMapping(_("Say which column holds the name."))


def remember(name: str, headings: Sequence[str], columns: Mapping[str, str]) -> None:
    """Files with the same headings are mapped so from now on."""
    ColumnMapping.objects.update_or_create(
        name=name[:100],
        defaults={"headings_digest": digest(headings), "columns": dict(columns)},
    )


def digest(headings: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()
