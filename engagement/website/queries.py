from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.events.models import Commitment, Event
from engagement.groups.models import Action
from engagement.people.models import Succession
from engagement.studies.models import Enquiry

AT_WORK = 8


def events_at_work() -> QuerySet[Event]:
    """Drafts, then what is coming up, each with its counts."""
    drafts = Q(status=Event.Status.DRAFT)
    ahead = Q(pk__in=Event.objects.upcoming().values("pk"))
    return Event.objects.filter(drafts | ahead).with_counts().in_sections()[:AT_WORK]


def promises_at_work() -> QuerySet[Commitment]:
    """What was proposed, then what is open, the longest overdue first."""
    rows = Commitment.objects.waiting() | Commitment.objects.open()
    with_names = rows.select_related("event", "owner", "registration")
    return with_names.in_order()[:AT_WORK]


def overdue_actions() -> QuerySet[Action]:
    """What is owed to groups and late, the longest first."""
    late = Action.objects.overdue(timezone.localdate())
    with_names = late.select_related("group", "owner__person", "meeting__event")
    return with_names.in_order()[:AT_WORK]


def open_enquiries() -> QuerySet[Enquiry]:
    return Enquiry.objects.open().select_related("study", "owner")[:AT_WORK]


def open_successions() -> QuerySet[Succession]:
    return Succession.objects.filter(settled_at=None)[:AT_WORK]
