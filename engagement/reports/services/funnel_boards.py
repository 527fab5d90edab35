"""What the page of the steps shows: counted for each reader, and kept for those who ask
soon after where it took long."""

import time

from django.core.cache import cache

from engagement.core.bilingual import active
from engagement.reports import funnels
from engagement.reports.gathering import Document
from engagement.reports.periods import Period
from engagement.reports.services.boards import KEPT, QUICK
from engagement.studies.models import Study


def counted(study: Study, period: Period, kind: str, *, compared: bool) -> Document:
    """As `funnels.document`."""
    days = f"{period.first}-{period.last}-{period.met}"
    name = f"funnel-{study.pk}-{days}-{kind}-{compared}-{active()}"
    kept: Document | None = cache.get(name)
    if kept:
        return kept
    start = time.perf_counter()
    document = funnels.document(study, period, kind, compared=compared)
    if time.perf_counter() - start > QUICK:
        cache.set(name, document, KEPT)
    return document
