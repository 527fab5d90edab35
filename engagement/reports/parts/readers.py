"""How many read, from week to week or from day to day."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.metrics import disclosure
from engagement.metrics.services import readership
from engagement.reports.periods import Period
from engagement.reports.tables import TEXT, Column, Table
from engagement.studies.models import Study

# Up to so long by days, up to so long by weeks: more points are a line of dust.
BY_DAY, BY_WEEK = timedelta(days=31), timedelta(days=200)
# What somebody reads: the pages of articles, and files.
READ = ("article", "file")


Start = Callable[[date], date]


def table(study: Study, period: Period) -> Table:
    """Different readers of each day, people for certain; those of a week are the sum of
    its days, as nobody is followed from one day to the next. No total stands beside it,
    so a small count is hidden alone."""
    title, head, start = _steps(period)
    counts = _counted(study, period, start)
    # Nothing ties them, so that each is protected alone.
    told = disclosure.protect_sums(
        counts, [], fewest=disclosure.threshold(public=False)
    )
    return Table(
        key="readers-over-time",
        title=title,
        kind="weeks",
        columns=[Column(head, TEXT), Column(_("Readers"))],
        rows=[[date_format(at, "j M Y"), told[at]] for at in counts],
        keys=["readers-over-time"] * len(counts),
        notes=[
            _(
                "Readers of articles and of files, people for certain. Somebody who "
                "reads on two days, or an article and a file, counts twice."
            )
        ],
    )


def _steps(period: Period) -> tuple[str, str, Start]:
    """A title, what heads the column of days, and when the step of a day began."""
    long = period.until - period.since
    if long <= BY_DAY:
        return _("Readers, day by day"), _("Day"), lambda day: day
    if long <= BY_WEEK:
        head = _("Week that begins on")
        return (
            _("Readers, week by week"),
            head,
            lambda day: day - timedelta(day.weekday()),
        )
    head = _("Month that begins on")
    return _("Readers, month by month"), head, lambda day: day.replace(day=1)


def _counted(study: Study, period: Period, start: Start) -> dict[date, int]:
    """Every step of the time; nought where nobody read."""
    days = (period.last - period.first).days + 1
    counts = {start(period.first + timedelta(n)): 0 for n in range(days)}
    found = readership.readers_by_day(
        READ, study_id=study.pk, during=(period.since, period.until)
    )
    for day, readers in found.items():
        counts[start(day)] += readers.at_least
    return counts
