from django.db.models import QuerySet

from engagement.accounts.models import User
from engagement.events.models import Event, Section
from engagement.groups.models import Group, Meeting

AT_WORK = 8


def events_at_work() -> QuerySet[Event]:
    """Drafts, then what is coming up, each with its counts."""
    events = Event.objects.in_sections().with_counts()
    return events.filter(section__lte=Section.UPCOMING)[:AT_WORK]


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
