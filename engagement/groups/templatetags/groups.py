"""What pages show of groups, by name."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from engagement.accounts.models import User
from engagement.groups.models import Group, Notice
from engagement.groups.telling import Told, tell
from engagement.studies.models import Study

register = template.Library()
AT_WORK = 8


@register.simple_tag
def groups_of(study: Study) -> QuerySet[Group]:
    return Group.objects.for_study(study).with_seat_counts()


@register.simple_tag
def open_notices(group: Group) -> int:
    return group.notices.open().count()


@register.simple_tag
def notices_at_work() -> list[Told]:
    """What secretaries must see to, the oldest first."""
    rows = Notice.objects.open().select_related("group__study")
    return tell(rows[:AT_WORK])


@register.simple_tag
def sees_reviews(study: Study, user: User | AnonymousUser) -> bool:
    return user.has_perm("groups.view_reviews", study)
