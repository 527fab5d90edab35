"""Four eyes: who wrote any of a release does not approve it.

Who that is, the audit trail says. An approval is for the content as it was and no other.
"""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.bilingual import active
from engagement.core.errors import Refused
from engagement.mail.services import messages
from engagement.outputs.models import Output, Release
from engagement.outputs.services import release_words, releases

# What is done about a release without a word of it being written. Whatever is not named
# here counts as writing, so that a new way to write is not forgotten.
NOT_WRITING = (
    *("release.submitted", "release.approved", "release.announced"),
    *("release.cancelled", "release.published", "release.held"),
    *("release.access_given", "release.access_revoked", "output.published"),
)


class OwnWork(Refused):
    """Who wrote any of it does not approve it."""


class ReadSomethingElse(Refused):
    """The content changed while it was being read."""


class NobodyElse(Refused):
    """There is no second person."""


class NothingInIt(Refused):
    """There is nothing to approve."""


def managers() -> list[User]:
    """Everybody with an open account who may manage outputs, by name."""
    people = User.objects.filter(is_active=True).order_by("name", "pk")
    return [user for user in people if user.has_perm("outputs.manage")]


def writers(release: Release) -> set[int]:
    """Numbers of the users who wrote any of it, or of its outputs."""
    outputs = Output.objects.filter(editions__release_item__release=release)
    of_release = Q(target_kind=Release._meta.label_lower, target_id=release.pk)
    of_outputs = Q(
        target_kind=Output._meta.label_lower,
        target_id__in=list(outputs.values_list("pk", flat=True)),
    )
    written = Entry.objects.filter(of_release | of_outputs, actor_id__isnull=False)
    found = written.exclude(action__in=NOT_WRITING).order_by()
    return {pk for pk in found.values_list("actor_id", flat=True).distinct() if pk}


def candidates(release: Release) -> list[User]:
    """Who could approve it."""
    wrote = writers(release)
    return [user for user in managers() if user.pk not in wrote]


def holds(release: Release) -> bool:
    """Whether it is approved exactly as it is now."""
    if not release.approved_digest:
        return False
    return release.approved_digest == release_words.digest(
        release_words.snapshot(release)
    )


def submit(*, by: User, release: Release) -> int:
    """Asks everybody by mail who could approve it; how many. Raises releases.Out,
    NothingInIt or NobodyElse."""
    with transaction.atomic():
        release = releases.unpublished(release.pk)
        _check_content(release)
        asked = [user for user in candidates(release) if user.pk != by.pk]
        if not asked:
            raise NobodyElse(_("There is nobody else who could approve it."))
        release.submitted_by, release.submitted_at = by, timezone.now()
        release.save(update_fields=["submitted_by", "submitted_at"])
        tell(asked, "release_to_approve", release, by=by)
        entries.record(
            by=by, action="release.submitted", target=release, told=len(asked)
        )
    return len(asked)


def approve(*, by: User, release: Release, seen: str) -> Release:
    """Says yes to the content whose digest is `seen`. Raises releases.Out, NothingInIt,
    OwnWork or ReadSomethingElse."""
    with transaction.atomic():
        release = releases.unpublished(release.pk)
        _check_content(release)
        if by.pk in writers(release) | {release.submitted_by_id}:
            raise OwnWork(
                _("You wrote some of this release: somebody else approves it.")
            )
        content = release_words.snapshot(release)
        if seen != release_words.digest(content):
            raise ReadSomethingElse(
                _("The release has changed since you read it. Read it again.")
            )
        release.approved_by, release.approved_at = by, timezone.now()
        release.approved_digest, release.approved_content = seen, content
        release.save()
        entries.record(by=by, action="release.approved", target=release)
    return release


def tell(users: Collection[User], kind: str, release: Release, **more: Any) -> None:
    """Mails each of them about the release."""
    context = {"release": release, "site_url": settings.SITE_URL, **more}
    for user in users:
        messages.send(kind=kind, to=user.email, language=active(), context=context)


def _check_content(release: Release) -> None:
    if not release.items.exists():
        raise NothingInIt(_("Nothing goes out with this release yet."))
