"""Of a review: seats of the study's groups in which nobody sits."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from engagement.groups.models import Group, Membership, Seat
from engagement.studies.reviewing import Line, Part, Period, add, both


def _empty(period: Period) -> Iterator[Line]:
    """On the last day; not those of a group that is only proposed."""
    sitting = Membership.objects.on(period.until).filter(
        seat=OuterRef("pk"), role__in=Membership.FILLING
    )
    there = Q(opened_on=None) | Q(opened_on__lte=period.until)
    there &= Q(closed_on=None) | Q(closed_on__gt=period.until)
    seats = Seat.objects.filter(
        there, ~Exists(sitting), group__study=period.study, filled_unnamed=False
    )
    seats = seats.exclude(group__kind=Group.Kind.PROPOSED)
    for seat in seats.select_related("group").order_by("group__position", "position"):
        text = both(
            _("Empty seat: %(seat)s (%(group)s)"),
            seat=(seat, "label"),
            group=(seat.group, "name"),
        )
        yield Line(f"seat-{seat.pk}", *text, synthetic=seat.is_synthetic)


add(Part.GAPS, _empty)
