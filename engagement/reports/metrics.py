"""What dashboards and reports count in tables alone; the rows are in those tables."""

from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import Metric, register

register(
    Metric(
        key="readers-over-time",
        position=105,
        title=_("Readers over time"),
        meaning=_(
            "Different readers of articles and of files on each day, people for certain. "
            "Those of a week or a month are the sum of its days, so somebody who reads "
            "on two days, or an article and a file, counts twice."
        ),
        unit=_("readers"),
        source=_("The hits of this site, by the rules of reading."),
        counts_people=True,
        over_time=True,
        apart=True,
    )
)
register(
    Metric(
        key="early-wins",
        position=109,
        title=_("Early wins"),
        meaning=_(
            "Milestones of the study that were reached in a time, and commitments that "
            "were kept in it and may be told."
        ),
        unit=_("milestones and commitments"),
        source=_("The rows of milestones and commitments."),
        over_time=True,
        apart=True,
    )
)
