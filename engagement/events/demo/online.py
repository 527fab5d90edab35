"""A briefing online next week, and a drop-in that is there each month."""

from datetime import datetime, timedelta

from django.utils import timezone

from engagement.events.demo import guests
from engagement.events.models import Event, Registration, Series
from engagement.people.models import Sector
from engagement.studies.models import Study

ONLINE = {
    "mode": Event.Mode.ONLINE,
    "status": Event.Status.PUBLISHED,
    "venue_en": "Online",
    "venue_cy": "Ar-lein",
    "is_synthetic": True,
}
BRIEFING = {
    "title_en": "What ranks do and do not say: online briefing (synthetic)",
    "title_cy": "Beth y mae safleoedd yn ei ddweud, a beth nad ydynt: briffio ar-lein (synthetig)",
    "description_en": (
        "Forty minutes on reading the Index: what a rank means, how sure it is, and what "
        "to quote instead. Welsh and English, with simultaneous interpretation.\n\n"
        "This event is made up."
    ),
    "description_cy": (
        "Deugain munud ar ddarllen y Mynegai: beth mae safle yn ei olygu, pa mor sicr "
        "ydyw, a beth i'w ddyfynnu yn ei le. Cymraeg a Saesneg, gyda chyfieithu ar y pryd.\n\n"
        "Digwyddiad dychmygol yw hwn."
    ),
    "audience_en": "Anybody who quotes the Index",
    "audience_cy": "Unrhyw un sy'n dyfynnu'r Mynegai",
    "join_url": "https://meet.example.org/wimd-briefing-synthetic",
    "join_note_en": "Choose Welsh or English in the menu of the meeting.",
    "join_note_cy": "Dewiswch Gymraeg neu Saesneg yn newislen y cyfarfod.",
    "interpretation": True,
    "capacity": 100,
}
SERIES = "Ask the team: monthly drop-in (synthetic)"
SERIES_CY = "Holi'r tîm: sesiwn galw heibio fisol (synthetig)"
DROP_IN = {
    "title_en": SERIES,
    "title_cy": SERIES_CY,
    "description_en": "Bring a question about the Index, or listen. Made up.",
    "description_cy": "Dewch â chwestiwn am y Mynegai, neu gwrandewch. Dychmygol.",
    "join_url": "https://meet.example.org/wimd-drop-in-synthetic",
    "capacity": 25,
}


def load(wimd: Study | None) -> list[Event]:
    return [_briefing(wimd), *_drop_ins(wimd)]


def _briefing(wimd: Study | None) -> Event:
    starts = guests.thursday(guests.weeks(1)).replace(hour=12, minute=30)
    event, is_new = Event.objects.get_or_create(
        slug="wimd-briefing-synthetic",
        defaults={
            **ONLINE,
            **BRIEFING,
            "study": wimd,
            "kind": Event.Kind.BRIEFING,
            "organiser": guests.manager(),
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=45),
        },
    )
    if is_new:
        sectors = ((Sector.VOLUNTARY, 6), (Sector.PRIVATE, 4), (Sector.ELECTED, 2))
        Registration.objects.bulk_create(
            row
            for sector, number in sectors
            for row in guests.register(event, guests.of_sector(sector), number, sector)
        )
    return event


def _drop_ins(wimd: Study | None) -> list[Event]:
    """The first Tuesday of last month, of this one and of the next two."""
    days = [_first_tuesday(months) for months in range(-1, 3)]
    slugs = [f"wimd-drop-in-{number}-synthetic" for number, _day in enumerate(days, 1)]
    if not Event.objects.filter(slug__in=slugs).exists():
        series = Series.objects.create(title_en=SERIES, title_cy=SERIES_CY)
        for slug, starts in zip(slugs, days, strict=True):
            Event.objects.create(**_drop_in(slug, starts), series=series, study=wimd)
    return list(Event.objects.filter(slug__in=slugs))


def _drop_in(slug: str, starts: datetime) -> dict[str, object]:
    fields: dict[str, object] = {
        **ONLINE,
        **DROP_IN,
        "slug": slug,
        "kind": Event.Kind.DISCUSSION,
        "organiser": guests.manager(),
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=1),
    }
    if starts < timezone.now():
        fields |= {"status": Event.Status.HELD, "attended_reported": 9}
    return fields


def _first_tuesday(months: int) -> datetime:
    """At four in the afternoon, so many months from this one."""
    now = timezone.localtime()
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    first = now.replace(
        year=year, month=month + 1, day=1, hour=16, minute=0, second=0, microsecond=0
    )
    return first + timedelta(days=(1 - first.weekday()) % 7)
