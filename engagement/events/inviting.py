"""Who can be invited to an event, who cannot and why, and who is asked often."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core import digests
from engagement.events.models import Event, Invitation, Registration
from engagement.mail.models import Message
from engagement.people.models import (
    Affiliation,
    Consent,
    EmailAddress,
    Organisation,
    Person,
)
from engagement.people.models.people import PersonQuerySet
from engagement.people.previews import unreachable, why_unreachable
from engagement.people.queries import last_word_is

# What a person's word on invitations is about, whatever the event. No slug has a star.
EVERY = "*"
OFTEN, LATELY = 3, timedelta(days=90)
# How many are invited at a time: a form must not grow too large to send.
AT_ONCE = 500


class Choice(NamedTuple):
    """`asked` is to how many other events lately; `note` why not, or what was before."""

    person: Person
    post: Affiliation | None
    asked: int = 0
    note: str = ""

    @property
    def body(self) -> Organisation | None:
        return self.post.organisation if self.post else None


class Choices(NamedTuple):
    fresh: list[Choice]
    often: list[Choice]
    already: list[Choice]
    stopped: list[Choice]

    @property
    def open(self) -> list[Choice]:
        """Who can be invited."""
        return [*self.often, *self.fresh]

    @property
    def often_shown(self) -> list[Choice]:
        return self.often[:AT_ONCE]

    @property
    def fresh_shown(self) -> list[Choice]:
        return self.fresh[: max(AT_ONCE - len(self.often), 0)]


def asked(event: Event) -> QuerySet[Invitation]:
    """The invitations, with `mail`, the state of the last mail about each, and `place`,
    that of the last registration that came of it; None where there is none."""
    mails = Message.objects.filter(notice__invitation=OuterRef("pk")).order_by("-pk")
    places = Registration.objects.filter(invitation=OuterRef("pk")).order_by("-pk")
    return event.invitations.order_by("name", "pk").annotate(
        mail=Subquery(mails.values("state")[:1]),
        place=Subquery(places.values("state")[:1]),
    )


def sort(event: Event, people: PersonQuerySet) -> Choices:
    """Each of `people` in one group, by name. A fixed number of queries."""
    already, stopped = _already(event), _stopped(event, people)
    asked, before = asked_lately(event), _taken_back(event)
    found = list(people.order_by("name", "pk"))
    posts = current_posts(people)
    groups = Choices([], [], [], [])
    for person in found:
        pk, times = person.pk, asked.get(person.pk, 0)
        note = already.get(pk) or stopped.get(pk) or before.get(pk, "")
        choice = Choice(person, posts.get(pk), times, note)
        if pk in already:
            groups.already.append(choice)
        elif pk in stopped:
            groups.stopped.append(choice)
        else:
            (groups.often if times >= OFTEN else groups.fresh).append(choice)
    return groups


def has_objected(about: str | OuterRef, person: str = "pk") -> Q:
    """Whose last word on invitations, or on the event with this slug, is no."""
    no, purpose = Consent.Action.WITHDRAWN, Consent.Purpose.EVENT
    return last_word_is(no, person, purpose, EVERY) | last_word_is(
        no, person, purpose, about
    )


def asked_lately(event: Event) -> dict[int, int]:
    """To how many other events each person was invited within LATELY."""
    since = timezone.now() - LATELY
    rows = Invitation.objects.standing().filter(invited_at__gte=since)
    rows = rows.exclude(event=event).exclude(person=None).order_by()
    whose = Coalesce("person__merged_into", "person")
    counted = rows.values_list(whose).annotate(Count("event", distinct=True))
    return dict(counted)


def current_posts(people: Iterable[Person]) -> dict[int, Affiliation]:
    """The post that counts, as in `people.queries.sector_of`."""
    rows = Affiliation.objects.filter(person__in=people, ended_on=None)
    newest_last = rows.order_by(F("started_on").asc(nulls_first=True), "pk")
    return {row.person_id: row for row in newest_last.select_related("organisation")}


def _already(event: Event) -> dict[int, str]:
    """By the person, whom they were merged into, and any of their addresses."""
    columns = ("person", "person__merged_into", "email")
    answers = dict(Invitation.Answer.choices) | {"": _("Has not answered yet")}
    rows = [
        (*row, _("Has registered"))
        for row in event.registrations.in_force().values_list(*columns)
    ]
    for *row, answer in event.invitations.standing().values_list(*columns, "answer"):
        words = _("Invited. %(answer)s") % {"answer": answers[answer]}
        rows.append((*row, words))
    codes = {digests.of_address(email): note for _pk, _kept, email, note in rows}
    owners = EmailAddress.objects.filter(digest__in=codes)
    told = {pk: codes[code] for pk, code in owners.values_list("person", "digest")}
    for pk, kept, _email, note in rows:
        told |= {number: note for number in (pk, kept) if number}
    return told


def _taken_back(event: Event) -> dict[int, str]:
    rows = event.invitations.exclude(withdrawn_at=None).exclude(person=None)
    note = _("Was invited before; the invitation was taken back")
    return dict.fromkeys(rows.values_list("person", flat=True), note)


def _stopped(event: Event, people: PersonQuerySet) -> dict[int, str]:
    objected = people.filter(has_objected(event.slug)).values_list("pk", flat=True)
    told = dict.fromkeys(objected, _("Has asked for no invitations"))
    return told | why_unreachable(list(unreachable(people)))
