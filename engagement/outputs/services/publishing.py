"""A release comes out: all of it in one transaction, or nothing."""

import logging
from datetime import timedelta

from django.db import OperationalError, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import shown
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs import companions
from engagement.outputs.models import Edition, File, Output, Release, ReleaseChange
from engagement.outputs.services import (
    editions,
    readiness,
    release_approvals,
    releases,
)

logger = logging.getLogger(__name__)
# The clock looks every 20 seconds. Later than this the machine was off, or the database
# is an older one put back: a person has to say.
LATEST = timedelta(minutes=60)
State = Release.State
WHY = {
    "late": gettext_lazy(
        "Its time had passed by more than an hour: the site was off, or was restored."
    ),
    "approval": gettext_lazy("It is not approved as it is now."),
    "obstacles": gettext_lazy("Something is missing in it."),
    "failed": gettext_lazy("Something went wrong on the way; it is in the log."),
}


class NotApproved(Refused):
    """Nobody has said yes to it as it is now."""


class NotYet(Refused):
    """Its time has been announced, and has not come."""


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This release cannot go out yet."))


def publish_due() -> int:
    """Brings out what is due, each once however many look at the same time; how many."""
    due = Release.objects.due(timezone.now()).order_by("publish_at", "pk")
    return sum(_publish_due(pk) for pk in due.values_list("pk", flat=True))


def publish_now(*, by: User, release: Release) -> Release:
    """By hand: one that was held, or that was never announced. Raises NotYet,
    NotApproved, NotReady or MoveNotAllowed."""
    with transaction.atomic():
        release = releases.locked(release.pk)
        _still(release)
        check_move(Release.MOVES, release.state, State.PUBLISHED)
        if release.state == State.CONFIRMED and not release.is_due:
            raise NotYet(
                _(
                    "Everybody was told when it comes out. Change that first, and say why."
                )
            )
        if not release_approvals.holds(release):
            raise NotApproved(
                _("Somebody who did not write this release has to approve it as it is.")
            )
        if missing := obstacles(release):
            raise NotReady(missing)
        _publish(by, release)
    return release


def obstacles(release: Release) -> list[str]:
    """What stands in the way of its coming out, in sentences for the reader."""
    found = [] if release.news_en.strip() else [_("There is no news item in English.")]
    if not release.news_cy.strip():
        found.append(_("There is no news item in Welsh."))
    going = list(_editions(release))
    if not going:
        found.append(_("Nothing goes out with this release yet."))
    for edition in going:
        wrong = [
            *readiness.obstacles(edition.output, edition),
            *_one_language(edition),
            *_lost(edition),
        ]
        found += [_about(edition.output, sentence) for sentence in wrong]
    others = companions.obstacles(companions.of(release))
    return found + [_about(companion, sentence) for companion, sentence in others]


def _editions(release: Release) -> list[Edition]:
    found = Edition.objects.filter(release_item__release=release).order_by("pk")
    return list(found.select_related("output").prefetch_related("files"))


def _one_language(edition: Edition) -> list[str]:
    """A release is in both: a file in each, or one for both."""
    have = {file.language for file in edition.files.all()}
    if not have or File.Language.BOTH in have:
        return []
    words = {
        "en": _("There is no file in English."),
        "cy": _("There is no file in Welsh."),
    }
    return [sentence for language, sentence in words.items() if language not in have]


def _lost(edition: Edition) -> list[str]:
    """Files that are not on the disk as they came."""
    sentence = _("The file %(name)s is not on the disk as it was added.")
    return [
        sentence % {"name": file.name}
        for file in edition.files.all()
        if not _there(file.upload, file.size)
    ]


def _there(upload: FieldFile, size: int) -> bool:
    try:
        return upload.size == size
    except OSError:
        return False


def _about(thing: object, sentence: str) -> str:
    return f"{shown(thing, 'title').text}: {sentence}"


def _publish(by: User | None, release: Release) -> None:
    """In the transaction of the caller, who holds it and has checked it."""
    now = timezone.now()
    if release.publish_at is None:
        ReleaseChange.objects.create(release=release, by=by, new_at=now)
        release.publish_at = now
    for edition in _editions(release):
        editions.publish(by=by, edition=edition, at=now)
    release.state, release.published_at, release.held_reason = State.PUBLISHED, now, ""
    release.save()
    entries.record(by=by, action="release.published", target=release)
    transaction.on_commit(lambda: companions.start(release))


def _publish_due(pk: int) -> bool:
    try:
        with transaction.atomic():
            release = _still_due(pk)
            if release is None:
                return False
            _still(release)
            if why := _why_not(release):
                return _hold(release, why)
            _publish(None, release)
    except OperationalError:
        # The database, not the release: the next look tries again.
        raise
    except Exception:
        logger.exception("Release %s did not come out.", pk)
        with transaction.atomic():
            release = _still_due(pk)
            return _hold(release, "failed") if release else False
    return True


def _still(release: Release) -> None:
    """Its outputs stay as they are checked until the end of the transaction."""
    going = Edition.objects.filter(release_item__release=release).values("output")
    outputs = Output.objects.filter(pk__in=going).order_by("pk")
    list(outputs.select_for_update().values_list("pk"))


def _still_due(pk: int) -> Release | None:
    """None where another worker was quicker, or somebody chose another time."""
    due = Release.objects.due(timezone.now())
    return due.select_for_update().filter(pk=pk).first()


def _why_not(release: Release) -> str:
    """A code of WHY, or ""."""
    if release.publish_at and timezone.now() - release.publish_at >= LATEST:
        return "late"
    if not release_approvals.holds(release):
        return "approval"
    return "obstacles" if obstacles(release) else ""


def _hold(release: Release, why: str) -> bool:
    """A person has to see to it, and all who can are told, once."""
    release.held_reason = why
    release.save(update_fields=["held_reason"])
    entries.record(by=None, action="release.held", target=release, why=why)
    told = release_approvals.managers()
    release_approvals.tell(told, "release_held", release, why=WHY[why])
    return False
