from django.utils import timezone

from engagement.metrics.models import Hit
from engagement.metrics.services import recount, taking


def count_hits():
    """Takes what pages kept, and counts each day on which there are hits, as the tasks
    do."""
    taking.take()
    moments = Hit.objects.order_by().values_list("at", flat=True)
    for day in {timezone.localdate(at) for at in moments}:
        recount.recount_day(day)
