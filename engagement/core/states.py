"""Lifecycles as data: one table of allowed moves per model."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from engagement.core.errors import Refused

Moves = Mapping[str, Collection[str]]


class MoveNotAllowed(Refused):
    """The table has no such move."""


def check_move(moves: Moves, before: str, after: str) -> None:
    """Raises MoveNotAllowed unless `moves` lets a thing go from `before` to `after`."""
    if after not in moves.get(before, ()):
        raise MoveNotAllowed(
            _("This has changed in the meantime. Load the page again.")
        )
