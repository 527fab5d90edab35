"""Five synthetic releases, one in each state that the calendar shows."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from engagement.accounts.models import User
from engagement.core import clocks, demo
from engagement.outputs.models import Output, Release
from engagement.outputs.services import (
    files,
    publishing,
    release_approvals,
    release_dates,
    release_words,
    releases,
)
from engagement.studies.models import Study

HOUR = time(9, 30)


def load(studies: dict[str | None, Study]) -> None:
    """What is there already stays as people left it."""
    for record in demo.read(__file__, "releases"):
        becomes, output = record.pop("becomes"), record.pop("output")
        if Release.objects.filter(slug=record["slug"]).exists():
            continue
        study = studies[record["study"]]
        release = demo.keep(Release, record | {"study": study})
        if output:
            _put_in(release, output | {"study": study, "is_synthetic": True})
        BECOMES[becomes](release)


def _put_in(release: Release, record: dict[str, Any]) -> None:
    """An output with a small table in each language."""
    output = demo.keep(Output, record | {"status": Output.Status.DRAFT})
    for lang, line in (
        ("en", "Area,Rank\nMade up,1\n"),
        ("cy", "Ardal,Safle\nGwneud,1\n"),
    ):
        upload = SimpleUploadedFile(f"{output.slug[:40]}-{lang}.csv", line.encode())
        files.add(by=None, output=output, upload=upload, language=lang)
    edition = output.editions.get()
    releases.add_edition(by=None, release=release, edition=edition)


def _planned(release: Release) -> None:
    release_dates.plan(by=None, release=release, month=_month(4))


def _confirmed(release: Release) -> None:
    """A month ahead, approved by the demonstration's approver."""
    release_dates.plan(by=None, release=release, month=_month(1))
    face = datetime.combine(_month(1) + timedelta(days=14), HOUR)
    at = clocks.moment(face, release_dates.CLOCK)
    release_dates.confirm(by=None, release=release, at=at)
    _approve(release)


def _published(release: Release) -> None:
    if manager := _approve(release):
        publishing.publish_now(by=manager, release=release)


def _cancelled(release: Release) -> None:
    release_dates.plan(by=None, release=release, month=_month(2))
    release_dates.cancel(
        by=None,
        release=release,
        reason_en=(
            "Ranks of small areas cannot be added up for a ward, so there is nothing "
            "that could be published."
        ),
        reason_cy=(
            "Ni ellir adio safleoedd ardaloedd bach ar gyfer ward, felly nid oes dim "
            "y gellid ei gyhoeddi."
        ),
    )


def _changed(release: Release) -> None:
    release_dates.plan(by=None, release=release, month=_month(2))
    release_dates.plan(
        by=None,
        release=release,
        month=_month(3),
        reason_en="Two schools answered late, and their answers are to be in it.",
        reason_cy=(
            "Atebodd dwy ysgol yn hwyr, a bydd eu hatebion yn cael eu cynnwys ynddo."
        ),
    )


def _approve(release: Release) -> User | None:
    manager = User.objects.filter(email="approver@example.org").first()
    if manager:
        seen = release_words.digest(release_words.snapshot(release))
        release_approvals.approve(by=manager, release=release, seen=seen)
    return manager


def _month(ahead: int) -> date:
    today = localdate()
    years, months = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, months + 1, 1)


BECOMES = {
    "planned": _planned,
    "confirmed": _confirmed,
    "published": _published,
    "cancelled": _cancelled,
    "changed": _changed,
}
