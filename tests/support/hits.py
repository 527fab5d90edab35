"""Hits are looked at once they were taken into the database."""

from engagement.metrics.models import Hit
from engagement.metrics.services import taking


def taken_hits():
    """All hits, those that pages kept until now with them."""
    taking.take()
    return Hit.objects.all()
