"""What somebody said they would do, or sees to, needs somebody else when they leave."""

from collections.abc import Iterator

from django.db.models import Q

from engagement.core.bilingual import shown
from engagement.events.models import Commitment
from engagement.events.services.commitments import HELD
from engagement.people.registry import Held, add_holding


def _promises(person: int) -> Iterator[Held]:
    theirs = Q(registration__person=person, side=Commitment.Side.PARTICIPANT)
    rows = Commitment.objects.open().filter(theirs | Q(owner__person=person))
    for row in rows.select_related("event").order_by("pk"):
        what = {
            lang: f"{shown(row.event, 'title', lang).text}: "
            f"{shown(row, 'text', lang).text}"
            for lang in ("en", "cy")
        }
        yield Held(what["en"], what["cy"], HELD, row.pk, row.get_absolute_url())


add_holding(_promises)
