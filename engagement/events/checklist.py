"""Of a review: what was promised at events and done, and who came to them."""

from collections.abc import Iterable, Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from engagement.events.models import Commitment, Event, Registration
from engagement.studies.reviewing import Line, Part, Period, add, add_reach, both


def _kept(period: Period) -> Iterator[Line]:
    """Only what the public may read too: a review is read by members of a group."""
    done = Commitment.objects.told().filter(
        event__study=period.study,
        state=Commitment.State.DONE,
        settled_at__date__gte=period.since,
        settled_at__date__lte=period.until,
    )
    for row in done.select_related("event").order_by("settled_at", "pk"):
        yield Line(
            f"commitment-{row.pk}",
            *both(_("Promised and done: %(what)s"), what=(row, "text")),
            on=localdate(row.settled_at),
            synthetic=row.event.is_synthetic,
        )


def _came(period: Period) -> Iterable[str]:
    """A group that meets has reached nobody but itself."""
    came = Registration.objects.filter(
        event__study=period.study,
        attendance__isnull=False,
        event__starts_at__date__gte=period.since,
        event__starts_at__date__lte=period.until,
    )
    came = came.exclude(event__kind=Event.Kind.MEETING)
    return came.order_by().values_list("sector", flat=True).distinct()


add(Part.WINS, _kept)
add_reach(_came)
