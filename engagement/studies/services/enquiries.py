"""Questions from those who use the research, and how quickly they are answered."""

from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.mail.services import messages
from engagement.people.models import Person
from engagement.people.services import people
from engagement.studies.models import Enquiry, Study

YEAR = timedelta(days=365)


class NoAddress(Refused):
    """The answer was to be mailed, and nobody knows where."""


class Speed(NamedTuple):
    """Calendar days from question to answer, Europe/London; None without answers."""

    answered: int
    median: float | None
    slowest: int | None


def record(
    *,
    by: User | None,
    study: Study | None,
    question: str,
    channel: str,
    language: str,
    asked_on: date,
    name: str = "",
    email: str = "",
    owner: User | None = None,
) -> Enquiry:
    """A question that came in. Who asked is found by the address, or added; without one
    nobody is."""
    with transaction.atomic():
        person = _asker(by, name, email, language)
        enquiry = Enquiry.objects.create(
            study=study,
            person=person,
            question=question,
            channel=channel,
            language=language,
            asked_on=asked_on,
            owner=owner,
        )
        entries.record(by=by, action="enquiry.recorded", target=enquiry)
    return enquiry


def ask(
    *, study: Study, name: str, email: str, question: str, language: str
) -> Enquiry:
    """From the public page; a mail says that it came in."""
    with transaction.atomic():
        enquiry = record(
            by=None,
            study=study,
            question=question,
            channel=Enquiry.Channel.FORM,
            language=language,
            asked_on=timezone.localdate(),
            name=name,
            email=email,
        )
        messages.send(
            kind="enquiry_received",
            to=email.lower(),
            language=language,
            context={"enquiry": enquiry, "study": study},
        )
    return enquiry


def answer(
    *, by: User | None, enquiry: Enquiry, answer: str, answered_on: date, send: bool
) -> Enquiry:
    """Keeps the answer, and mails it where `send`. A second time changes it. Raises
    NoAddress."""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        enquiry.answer, enquiry.answered_on = answer, answered_on
        if enquiry.owner_id is None:
            enquiry.owner = by
        enquiry.save()
        entries.record(by=by, action="enquiry.answered", target=enquiry, mailed=send)
        if send:
            _mail(enquiry)
    return enquiry


def assign(*, by: User | None, enquiry: Enquiry, owner: User | None) -> None:
    with transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(owner=owner)
        entries.record(by=by, action="enquiry.assigned", target=enquiry)


def forget_asker(*, by: User | None, enquiry: Enquiry) -> None:
    """Keeps the question and its answer, and not whose it was."""
    with transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(person=None)
        entries.record(by=by, action="enquiry.asker_forgotten", target=enquiry)


def speed(rows: QuerySet[Enquiry]) -> Speed:
    """Over all answered ones among these."""
    found = rows.exclude(answered_on=None).annotate(
        took=F("answered_on") - F("asked_on")
    )
    days = [took.days for took in found.values_list("took", flat=True)]
    if not days:
        return Speed(0, None, None)
    return Speed(len(days), median(days), max(days))


def lately(rows: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Those answered within a year."""
    return rows.filter(answered_on__gte=timezone.localdate() - YEAR)


def _asker(by: User | None, name: str, email: str, language: str) -> Person | None:
    if not email:
        return None
    return people.find_or_create(
        by=by, email=email, name=name or email, language=language
    )


def _mail(enquiry: Enquiry) -> None:
    if enquiry.person is None or not enquiry.person.email:
        raise NoAddress(_("Nobody knows an address to send the answer to."))
    messages.send(
        kind="enquiry_answered",
        to=enquiry.person.email,
        language=enquiry.language,
        context={"enquiry": enquiry},
    )
