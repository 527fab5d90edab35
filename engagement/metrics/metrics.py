"""What the pages of readership say of one thing. The days that they were summed from
stand on the same page."""

from django.utils.translation import gettext_lazy as _

from engagement.metrics.registry import Metric, Text, register

SOURCE = _("The hits of this site, by the rules of reading.")


def _of_thing(key: str, position: int, title: Text, meaning: Text, unit: Text) -> None:
    register(
        Metric(
            key=key,
            position=position,
            title=title,
            meaning=meaning,
            unit=unit,
            source=SOURCE,
            counts_people=key == "thing-readers",
            over_time=True,
            apart=True,
        )
    )


_of_thing(
    "thing-readers",
    120,
    _("Readers of one thing"),
    _(
        "Different readers of each day: somebody who comes back on another day counts "
        "again."
    ),
    _("readers"),
)
_of_thing(
    "thing-requests",
    121,
    _("Requests for one thing"),
    _("It was opened in full. Two requests within 30 seconds are one (COUNTER 5.1)."),
    _("requests"),
)
_of_thing(
    "thing-unique",
    122,
    _("Unique requests for one thing"),
    _("Once for each reader and hour, whatever the format or language."),
    _("requests"),
)
_of_thing(
    "thing-investigations",
    123,
    _("Investigations of one thing"),
    _("Requests, and views of the page about it."),
    _("investigations"),
)
