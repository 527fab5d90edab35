from django.db.models import Q, QuerySet

from engagement.accounts.models import User
from engagement.events.models import Event
from engagement.groups.models import Group, Meeting
from engagement.people.models import Succession
from engagement.studies.models import Enquiry

AT_WORK = 8


def events_at_work() -> QuerySet[Event]:
    """Drafts, then what is coming up, each with its counts."""
    drafts = Q(status=Event.Status.DRAFT)
    ahead = Q(pk__in=Event.objects.upcoming().values("pk"))
    return Event.objects.filter(drafts | ahead).with_counts().in_sections()[:AT_WORK]


def open_enquiries() -> QuerySet[Enquiry]:
    return Enquiry.objects.open().select_related("study", "owner")[:AT_WORK]


def open_successions() -> QuerySet[Succession]:
    return Succession.objects.filter(settled_at=None)[:AT_WORK]


def next_meetings(user: User) -> QuerySet[Meeting]:
    """Of the groups in which somebody sits, soonest first, with their papers."""
    ahead = Meeting.objects.filter(
        group__in=Group.objects.for_user(user),
        event__in=Event.objects.upcoming().values("pk"),
    )
    return (
        ahead.select_related("event", "group")
        .prefetch_related("papers")
        .order_by("event__starts_at")
    )
