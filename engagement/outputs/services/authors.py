"""Who wrote an output, as one line each: family name, given name, ORCID."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.outputs import identifiers
from engagement.outputs.models import Author, Output


class BadLine(Refused):
    """The message names the line."""


class Named(NamedTuple):
    family: str
    given: str = ""
    orcid: str = ""


def read(line: str) -> Named:
    """ "Rees, B., 0000-0002-1825-0097" in parts; without a comma it is a body. Raises
    Refused with the reason."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) > 3 or not parts[0]:
        raise BadLine(_("Write family name, given name, ORCID, with commas between."))
    family, given, orcid = [*parts, "", ""][:3]
    if len(family) > 200 or len(given) > 100:
        raise BadLine(_("The name is too long."))
    return Named(family, given, identifiers.orcid(orcid))


def read_all(text: str) -> list[Named]:
    """A line each; empty lines are skipped, and counted. Raises BadLine."""
    found = []
    for number, one in enumerate(text.splitlines(), 1):
        try:
            if one.strip():
                found.append(read(one))
        except Refused as refused:
            raise BadLine(
                _("Line %(number)s: %(reason)s")
                % {"number": number, "reason": str(refused)}
            ) from refused
    return found


def line(author: Author) -> str:
    """The other way round."""
    return ", ".join(filter(None, (author.family, author.given, author.orcid)))


def replace(*, output: Output, names: Iterable[Named]) -> None:
    """Part of what another service writes, which keeps the audit row."""
    output.authors.all().delete()
    Author.objects.bulk_create(
        Author(output=output, position=place, **name._asdict())
        for place, name in enumerate(names)
    )
