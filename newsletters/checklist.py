"""Of a review: to whom the newsletters of the study went."""

from collections.abc import Iterable

from engagement.studies.reviewing import Period, add_reach
from newsletters.models import Delivery


def _written_to(period: Period) -> Iterable[str]:
    arrived = Delivery.objects.filter(
        issue__newsletter__study=period.study,
        state=Delivery.State.ACCEPTED,
        settled_at__date__gte=period.since,
        settled_at__date__lte=period.until,
    )
    return arrived.order_by().values_list("sector", flat=True).distinct()


add_reach(_written_to)
