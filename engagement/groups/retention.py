"""A seat keeps whoever sits in it, and for a while whoever sat in it."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.groups.models import Membership
from engagement.people.keeping import add_tie


def _sitting(since: datetime) -> QuerySet[Membership]:
    left = Q(ended_on__gte=timezone.localdate(since))
    return Membership.objects.filter(Q(ended_on=None) | left)


add_tie(Membership, _sitting)
