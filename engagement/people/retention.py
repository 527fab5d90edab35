"""What people is kept for and how long, and what of its own rows keeps somebody."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.audit.models import Entry
from engagement.mail.models import Inbound, Message
from engagement.people.keeping import Rule, add_rule, add_tie, untied
from engagement.people.models import (
    Affiliation,
    Consent,
    Due,
    EmailAddress,
    Merge,
    PeopleImport,
    Person,
    Succession,
    Suppression,
)
from engagement.people.registry import holdings, whose
from engagement.people.services import erasure, imports, inbounds, merging

# As long as a link in a newsletter lasts: longer, and nobody remembers what it was.
IDLE = timedelta(days=3 * 365)
# A season in which somebody may ask where a row came from.
IMPORT = timedelta(days=90)
# As long as somebody may ask why they no longer get an issue.
CAME_BACK = timedelta(days=365)


def idle(since: datetime) -> QuerySet[Person]:
    """Nothing holds, and neither they nor the team nor a mail has stirred since."""
    trail = Entry.objects.filter(target_kind="people.person", at__gte=since)
    mailed = Message.objects.filter(created_at__gte=since).annotate(low=Lower("to"))
    written_to = EmailAddress.objects.annotate(low=Lower("address")).filter(
        low__in=mailed.values("low")
    )
    people = untied(since).filter(created_at__lt=since)
    people = people.exclude(pk__in=trail.values("target_id"))
    return people.exclude(whose(written_to))


def _holds_something(person: Person) -> bool:
    return any(any(True for _held in held(person.pk)) for held in holdings())


def _erase(*, by: User | None, row: Person) -> None:
    erasure.erase(by=by, person=row, reason=Suppression.Reason.RETAINED)


def _imports(before: datetime) -> QuerySet[PeopleImport]:
    return PeopleImport.objects.filter(applied_at__lt=before, result__has_key="shown")


def _forget_import(*, by: User | None, row: PeopleImport) -> None:
    imports.forget(by=by, record=row)


def _merges(before: datetime) -> QuerySet[Merge]:
    people = Merge.objects.filter(kind=Merge.Kind.PERSON, at__lt=before)
    return people.exclude(before={})


def _forget_merge(*, by: User | None, row: Merge) -> None:
    merging.forget(by=by, merge=row)


def _kept_of(merge: Merge) -> int | None:
    """Whose record it is now; None where they have been erased or merged on."""
    return Person.objects.filter(pk=merge.kept_id).values_list("pk", flat=True).first()


def _came_back(before: datetime) -> QuerySet[Inbound]:
    return Inbound.objects.defer("raw").filter(received_at__lt=before)


def _forget_inbound(*, by: User | None, row: Inbound) -> None:
    inbounds.forget(by=by, inbound=row)


def _current_posts(since: datetime) -> QuerySet[Affiliation]:
    """A post in a body, now or since. The sector that somebody stated when they signed
    up is no post."""
    bodied = Affiliation.objects.exclude(organisation=None, organisation_name="")
    day = timezone.localdate(since)
    recent = Q(ended_on=None) | Q(ended_on__gte=day) | Q(started_on__gte=day)
    return bodied.filter(recent)


def _consents(since: datetime) -> QuerySet[Consent]:
    """A yes that was not taken back, or any word since."""
    later = Consent.objects.filter(
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        about=OuterRef("about"),
        pk__gt=OuterRef("pk"),
    )
    stands = Q(action=Consent.Action.GIVEN) & ~Q(Exists(later))
    return Consent.objects.filter(stands | Q(at__gte=since))


def _successions(since: datetime) -> QuerySet[Succession]:
    return Succession.objects.filter(
        Q(settled_at=None) | Q(settled_at__gte=since) | Q(raised_at__gte=since)
    )


def _addresses(since: datetime) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(confirmed_at__gte=since)


def _none(model: Any) -> Any:
    """What says something of a person, and keeps nobody."""
    return lambda _since: model._base_manager.none()


add_tie(Affiliation, _current_posts)
add_tie(Consent, _consents)
add_tie(Succession, _successions)
add_tie(EmailAddress, _addresses)
for _model in (Person.interests.through, Person.tags.through, Due):
    add_tie(_model, _none(_model))

add_rule(
    Rule(
        key="idle",
        position=10,
        title=_("People with whom nothing has happened"),
        why=_(
            "We keep somebody to work with them. Who has agreed to nothing that still "
            "stands, has no post in a body, no seat and no account, and with whom "
            "nothing has happened for three years, is kept for nothing."
        ),
        then=_(
            "They are erased as if they had asked for it. Counts stay as they were."
        ),
        keep=IDLE,
        model=Person,
        due=idle,
        act=_erase,
        person=lambda person: person.pk,
        excepts=_holds_something,
    )
)
add_rule(
    Rule(
        key="imports",
        position=40,
        title=_("What imports showed"),
        why=_(
            "After an import has been applied, its rows are kept for a while, to look "
            "up where something came from."
        ),
        then=_("The rows are deleted. How many they were stays."),
        keep=IMPORT,
        model=PeopleImport,
        due=_imports,
        act=_forget_import,
        person=lambda _record: None,
        words=str,
    )
)
add_rule(
    Rule(
        key="merges",
        position=50,
        title=_("What is needed to undo a merge"),
        why=_(
            "What two records held before they were made one is kept so that it can be "
            "undone, and it can be undone for 30 days."
        ),
        then=_("What was there before is deleted. Who became whom stays, as numbers."),
        keep=merging.UNDO_WITHIN,
        model=Merge,
        due=_merges,
        act=_forget_merge,
        person=_kept_of,
        words=lambda merge: f"#{merge.merged_id} → #{merge.kept_id}",
    )
)
add_rule(
    Rule(
        key="inbound",
        position=60,
        title=_("Mail that came back"),
        why=_(
            "What servers and readers' mail programs answered is kept to show why "
            "somebody gets no more mail."
        ),
        then=_("The message is deleted. What was done about it stays."),
        keep=CAME_BACK,
        model=Inbound,
        due=_came_back,
        act=_forget_inbound,
        person=lambda _inbound: None,
        words=str,
    )
)
