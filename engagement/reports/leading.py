"""Where a figure of a report leads: to its definition, and for staff to its rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from engagement.metrics import registry
from engagement.studies import sections

# The table of all that was counted since the study began, and those of steps broken
# down, call figures as that page does.
ALL, BROKEN_DOWN = "all", "by-"
# Other tables that are of no time.
TIMELESS = (ALL, "uses")
COMPARED = "compared"


class Leads(NamedTuple):
    """Addresses, "" where there is none. `before` leads to the rows of the time before,
    with which this one is compared."""

    means: str = ""
    rows: str = ""
    before: str = ""


class Leading(NamedTuple):
    """For the figures of one study and time; without a study, to definitions alone."""

    slug: str = ""
    since: str = ""
    until: str = ""
    before: str = ""

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Leading":
        """To the moments that were counted; to whole days for what was frozen before
        documents said the moments."""
        since = document.get("since", document["first"])
        until = document.get("until", document["last"])
        return cls(document["study"]["slug"], since, until, _before(since, until))

    def leads(self, table: str, key: str) -> Leads:
        plain = table == ALL or table.startswith(BROKEN_DOWN)
        metric = registry.get(key if plain else sections.called(key))
        if metric is None:
            return Leads()
        means = f"{reverse('metrics:methods')}#{metric.key}"
        if metric.rows is None or not self.slug:
            return Leads(means)
        rows = reverse("studies:rows", args=[self.slug, metric.key])
        if not metric.over_time or table in TIMELESS:
            return Leads(means, rows)
        before = self.before if table == COMPARED else ""
        return Leads(
            means,
            _timed(rows, self.since, self.until),
            _timed(rows, before, self.since) if before else "",
        )


def _timed(page: str, since: str, until: str) -> str:
    return f"{page}?{urlencode({'from': since, 'to': until})}"


def _before(since: str, until: str) -> str:
    """When the time before began; "" where only days are known."""
    first, end = datetime.fromisoformat(since), datetime.fromisoformat(until)
    return (first - (end - first)).isoformat() if first.tzinfo else ""
