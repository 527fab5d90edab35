"""The 18 groups of the report with the seats that it tells of.

How many make a quorum, who is secretary and when a group is reviewed is made up.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from engagement.accounts.models import User
from engagement.core import demo
from engagement.groups import apps
from engagement.groups.models import Group, Seat
from engagement.people.models import Organisation
from engagement.studies.models import Study

MANAGER = "manager@example.org"
STEERING = "wimd-steering"
QUORUM = {STEERING: 3, "lti-steering": 4}
# Annex 2, 3.13: a strategic project board and an operational steering group. The one
# of the Index was its project board; other groups assist it (Annex 1, 1.13).
STRATEGIC = {STEERING, "two-tier", "wg-business-group", "management-board"}
OPERATIONAL = {"lti-steering"}
ASSISTS = (Group.Kind.ADVISORY, Group.Kind.DISSEMINATION, Group.Kind.WORKING)


def load() -> None:
    studies: dict[str | None, Study] = {s.slug: s for s in Study.objects.all()}
    secretary = User.objects.filter(email=MANAGER).first()
    known = set(Group.objects.values_list("slug", flat=True))
    for position, record in enumerate(demo.read(apps.__file__, "groups")):
        seats = record.pop("seats")
        if record["slug"] in known:
            continue
        record |= {"study": studies.get(record["study"]), "position": position}
        _add_seats(demo.keep(Group, record | _settings(record, secretary)), seats)


def _settings(record: dict[str, Any], secretary: User | None) -> dict[str, Any]:
    """Groups without a study are others' (the report's senior forums)."""
    slug, kind = record["slug"], record["kind"]
    assists = kind in ASSISTS and record["study"] is not None
    tier = Group.Tier.STRATEGIC if slug in STRATEGIC else ""
    tier = Group.Tier.OPERATIONAL if assists or slug in OPERATIONAL else tier
    ours = record["study"] is not None
    return {
        "tier": tier,
        "parent": Group.objects.filter(slug=STEERING).first() if assists else None,
        "code": _code(slug, kind),
        "secretary": secretary if ours else None,
        "quorum": QUORUM.get(slug),
        "review_on": timezone.localdate() + timedelta(days=200) if ours else None,
    }


def _code(slug: str, kind: str) -> str:
    """WG3 of the third working group."""
    number = slug.rpartition("-")[2] if kind == Group.Kind.WORKING else ""
    return Group.CODES[kind] + number


def _add_seats(group: Group, records: list[dict[str, Any]]) -> None:
    """What the report only recommends is wanted; the rest is required."""
    bodies = {body.slug: body for body in Organisation.objects.all()}
    Seat.objects.bulk_create(
        Seat(
            group=group,
            position=position,
            organisation=bodies.get(record.pop("organisation") or ""),
            need=Seat.Need.REQUIRED if record["filled"] else Seat.Need.WANTED,
            filled_unnamed=record.pop("filled"),
            **{name: value or "" for name, value in record.items()},
        )
        for position, record in enumerate(records)
    )
