"""Events that belong together."""

from django.db import transaction

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.events.models import Series


def save(*, by: User | None, series: Series, title_en: str, title_cy: str) -> Series:
    """A new one, or one under another name."""
    with transaction.atomic():
        series.title_en, series.title_cy = title_en, title_cy
        series.save()
        entries.record(by=by, action="series.saved", target=series)
    return series
