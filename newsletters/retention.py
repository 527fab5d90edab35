"""How long a sign-up that nobody confirms is kept, and what keeps a reader."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.bilingual import shown
from engagement.mail.models import Message
from engagement.people.keeping import Rule, add_rule, add_tie
from engagement.people.models import EmailAddress
from newsletters.models import Delivery, Reading, Subscription, Unsaved
from newsletters.services import readings, subscriptions, unsaved

# The link to confirm with lasts a week; the rest is for those who write to ask.
UNCONFIRMED = timedelta(days=30)
# Longer than a holiday.
UNSAVED = timedelta(days=30)
# Long enough to compare one year's issues with those of the year before.
READ = timedelta(days=2 * 365)


def unconfirmed(before: datetime) -> QuerySet[Subscription]:
    """Never agreed to nor taken back, and not asked for again since. What a merge could
    not move waits for nobody: it goes with its person."""
    waiting = Subscription.objects.by_state("waiting").filter(
        created_at__lt=before, person__merged_into=None
    )
    asked = Message.objects.annotate(low=Lower("to")).filter(
        kind="subscription_confirm", created_at__gte=before
    )
    again = EmailAddress.objects.annotate(low=Lower("address")).filter(
        person=OuterRef("person"), low__in=asked.values("low")
    )
    return waiting.filter(~Q(Exists(again)))


def _forget(*, by: User | None, row: Subscription) -> None:
    subscriptions.forget(by=by, subscription=row)


def _asked_for(since: datetime) -> QuerySet[Subscription]:
    """Whether it is in force is in the ledger, which keeps them too."""
    return Subscription.objects.filter(created_at__gte=since)


def _sent(since: datetime) -> QuerySet[Delivery]:
    settled = Q(state__in=Delivery.SETTLED)
    return Delivery.objects.filter(
        ~settled | Q(due_at__gte=since) | Q(settled_at__gte=since)
    )


add_tie(Subscription, _asked_for)
add_tie(Delivery, _sent)
add_rule(
    Rule(
        key="unconfirmed",
        position=20,
        title=_("Sign-ups that nobody confirmed"),
        why=_(
            "Somebody typed an address, and whoever reads mail there did not confirm it. "
            "Without consent there is no reason to keep it, once the link in that mail "
            "no longer works."
        ),
        then=_(
            "The sign-up is deleted, and the person with it where nothing else is known "
            "of them."
        ),
        keep=UNCONFIRMED,
        model=Subscription,
        due=unconfirmed,
        act=_forget,
        person=lambda subscription: subscription.person_id,
        words=lambda subscription: shown(subscription.newsletter, "title").text,
        related=("newsletter",),
    )
)
add_rule(
    Rule(
        key="unsaved",
        position=25,
        title=_("Text that was typed and never saved"),
        why=_(
            "What staff type into an issue or an article is kept while they write, so "
            "that nothing is lost. Nobody has come back for it."
        ),
        then=_("The text is deleted; what was saved stays."),
        keep=UNSAVED,
        model=Unsaved,
        due=lambda before: Unsaved.objects.filter(at__lt=before),
        act=unsaved.forget,
        person=lambda _row: None,
        words=lambda _row: _("Text that was not saved"),
    )
)
add_rule(
    Rule(
        key="readings",
        position=22,
        title=_("Reading kept by name"),
        why=_(
            "Subscribers agreed that we keep which articles they open, to learn what is "
            "of use to them. After two years it says little about that."
        ),
        then=_("What was opened is deleted; the figures stay as they are."),
        keep=READ,
        model=Reading,
        due=lambda before: Reading.objects.filter(day__lt=timezone.localdate(before)),
        act=readings.forget,
        person=lambda reading: reading.delivery.person_id,
        words=lambda reading: shown(reading.article, "title").text,
        related=("delivery", "article"),
    )
)
