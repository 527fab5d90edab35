"""Subscribers from a CSV or XLSX file: read whole, shown, then applied whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import texts
from engagement.people.models import Consent, EmailAddress, Function, Person, Sector
from engagement.people.services import consents, people, reading
from newsletters.models import Newsletter, Subscription
from newsletters.services import subscriptions

COLUMNS = ("name", "email", "sector", "function", "language")
MOST_ROWS = 50_000


@dataclass(frozen=True)
class BadField:
    """Where a row is wrong; `row` counts as a spreadsheet does, the heading being 1."""

    row: int
    column: str
    problem: str


@dataclass
class Plan:
    """What an import would do."""

    new: list[dict[str, str]] = field(default_factory=list)
    subscribed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    bad: list[BadField] = field(default_factory=list)


def plan(*, newsletter: Newsletter, content: bytes, name: str) -> Plan:
    """Reads the file and changes nothing. Raises reading.Unreadable.

    Who has left the newsletter before is listed and not subscribed again: an import is
    no new consent.
    """
    result = Plan()
    rows = list(_rows(content, name))
    seen: dict[str, int] = {}
    for number, row in rows:
        unfit = list(_keep(number, row))
        columns = {field.column for field in unfit}
        problems = _problems(number, row, seen)
        result.bad += [*unfit, *(p for p in problems if p.column not in columns)]
    if result.bad:
        return result
    emails = [row["email"] for _number, row in rows]
    subscribed, left = _known(newsletter, emails)
    for _number, row in rows:
        if row["email"] in subscribed:
            result.subscribed.append(row["email"])
        elif row["email"] in left:
            result.left.append(row["email"])
        else:
            result.new.append(row)
    return result


def apply(
    *, by: User | None, newsletter: Newsletter, content: bytes, name: str, evidence: str
) -> Plan:
    """Does what `plan` shows, in one transaction. Raises reading.Unreadable."""
    with transaction.atomic():
        result = plan(newsletter=newsletter, content=content, name=name)
        if result.bad:
            raise reading.Unreadable(_("The file has rows that are wrong."))
        wording = subscriptions.wording(newsletter)
        for row in result.new:
            _subscribe(by, newsletter, row, wording, evidence)
        entries.record(
            by=by,
            action="newsletter.imported",
            target=newsletter,
            new=len(result.new),
            evidence=evidence,
        )
    return result


def _subscribe(
    by: User | None,
    newsletter: Newsletter,
    row: dict[str, str],
    wording: str,
    evidence: str,
) -> None:
    person = people.find_or_create(by=by, **row)
    withdrawn = Subscription.objects.last_word_is(Consent.Action.WITHDRAWN)
    if withdrawn.filter(newsletter=newsletter, person=person).exists():
        # Since the plan was made.
        return
    # Asked for on the site and not confirmed yet: paper confirms it.
    Subscription.objects.get_or_create(newsletter=newsletter, person=person)
    consents.give(
        person=person,
        purpose=Consent.Purpose.NEWSLETTER,
        about=newsletter.slug,
        wording=wording,
        wording_version=subscriptions.WORDING_VERSION,
        language=row["language"],
        source=Consent.Source.IMPORT,
        evidence=evidence,
    )


def _rows(content: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    table = reading.read(content, name)
    found = [heading.lower() for heading in table.headings]
    if missing := [column for column in COLUMNS if column not in found]:
        raise reading.Unreadable(
            _("The file lacks these columns: %(columns)s.")
            % {"columns": ", ".join(missing)}
        )
    places = {column: found.index(column) for column in COLUMNS}
    for number, cells in table.rows:
        if number > MOST_ROWS + 1:
            raise reading.Unreadable(
                _("The file has more than %(most)s rows.") % {"most": MOST_ROWS}
            )
        yield number, {column: cells[place] for column, place in places.items()}


def _keep(number: int, row: dict[str, str]) -> Iterator[BadField]:
    """Makes of each cell what is kept of it; names those that cannot be kept."""
    for column in COLUMNS:
        keep = texts.address if column == "email" else texts.line
        try:
            row[column] = keep(row[column])
        except texts.Unfit as unfit:
            yield BadField(number, column, str(unfit))


def _problems(
    number: int, row: dict[str, str], seen: dict[str, int]
) -> Iterator[BadField]:
    if not row["name"]:
        yield BadField(number, "name", _("Enter a name."))
    if len(row["name"]) > 200:
        yield BadField(number, "name", _("Use 200 characters or fewer."))
    try:
        validate_email(row["email"])
    except ValidationError:
        yield BadField(number, "email", _("This is not an e-mail address."))
    if first := seen.get(row["email"]):
        yield BadField(
            number, "email", _("This address is in row %(row)s too.") % {"row": first}
        )
    seen.setdefault(row["email"], number)
    allowed = {
        "sector": {"", *Sector.values},
        "function": {"", *Function.values},
        "language": set(Person.Language.values),
    }
    for column, values in allowed.items():
        if row[column] not in values:
            yield BadField(
                number,
                column,
                _("This must be one of: %(values)s.")
                % {"values": ", ".join(sorted(values - {""}))},
            )


def _known(newsletter: Newsletter, emails: list[str]) -> tuple[set[str], set[str]]:
    """Addresses among these that are subscribed now, and that have left."""
    of_newsletter = Subscription.objects.filter(newsletter=newsletter)

    def addresses(rows: QuerySet[Subscription]) -> set[str]:
        """Every address of them, not only the one that mail goes to."""
        known = EmailAddress.objects.filter(person__in=rows.values("person"))
        return {email.lower() for email in known.values_list("address", flat=True)}

    subscribed = addresses(of_newsletter.in_force())
    left = addresses(of_newsletter.last_word_is(Consent.Action.WITHDRAWN)) - subscribed
    return subscribed & set(emails), left & set(emails)
