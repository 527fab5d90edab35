"""People from a file: checked, then applied whole or not at all."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core import digests
from engagement.core.errors import Refused
from engagement.people.models import EmailAddress, Person
from engagement.people.services import columns, planning, reading, writing
from engagement.people.services.planning import Options, Plan

LOCKED_AT_ONCE = 5000


class Changed(Refused):
    """The records have changed since the file was checked."""


class HasErrors(Refused):
    """Rows are wrong; `plan` names them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(_("The file has rows that are wrong."))


def check(
    content: bytes,
    name: str,
    options: Options,
    tell: Callable[[int], None] = lambda _done: None,
) -> Plan:
    """What an import would do; changes nothing. Raises Unreadable or BadMapping."""
    table = reading.read(content, name)
    columns.check(options.columns, table.headings)
    return planning.run(table, options, tell=tell)


def apply(
    *,
    by: User | None,
    content: bytes,
    name: str,
    options: Options,
    expected: str = "",
) -> Plan:
    """Does what `check` shows, in one transaction. Raises Unreadable, BadMapping,
    HasErrors, or Changed where the plan is not the `expected` one any more."""
    try:
        with transaction.atomic():
            _lock(content, name, options)
            table = reading.read(content, name)
            columns.check(options.columns, table.headings)
            writer = writing.Writer(by=by, source=name, overwrite=options.overwrite)
            plan = planning.run(table, options, carry_out=writer.write)
            if plan.refused:
                raise HasErrors(plan)
            if expected and plan.digest != expected:
                raise Changed(
                    _("The records have changed since. Check the file again.")
                )
            return plan
    except IntegrityError as error:
        raise Changed(
            _("Somebody signed up with one of these addresses just now. Check again.")
        ) from error


def _lock(content: bytes, name: str, options: Options) -> None:
    """The people on record whose addresses the file has, in the order of their numbers;
    before any is looked at."""
    table = reading.read(content, name)
    heading = options.columns.get("email", "")
    if heading not in table.headings:
        return
    place = table.headings.index(heading)
    keys = [digests.of_address(cells[place]) for _number, cells in table.rows]
    found: set[int] = set(options.same.values())
    for start in range(0, len(keys), LOCKED_AT_ONCE):
        rows = EmailAddress.objects.filter(
            digest__in=keys[start : start + LOCKED_AT_ONCE]
        )
        found |= set(rows.values_list("person", flat=True))
    ordered = sorted(found)
    for start in range(0, len(ordered), LOCKED_AT_ONCE):
        part = Person.objects.filter(pk__in=ordered[start : start + LOCKED_AT_ONCE])
        list(part.locked().values_list("pk"))
