"""Who may see a release before it is out.

By a signed link to one person's page, which works from a moment to a moment and until it
is taken back. The link is in a mail and nowhere else; the trail names the post and body.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import tokens
from engagement.core.bilingual import active
from engagement.core.errors import Refused
from engagement.mail.services import messages
from engagement.outputs.models import File, PreReleaseAccess, Release
from engagement.outputs.services import releases

SCOPE = "pre-release"
# Official statistics are shown a day before at the most. Not all research is one, so it
# is said and not forbidden.
USUAL = timedelta(hours=24)
# A link is as old as the giving; the row says when it works.
LONGEST = timedelta(days=400)


class NotNow(Refused):
    """The link is right, and it is not the time for it."""


def give(
    *, by: User | None, release: Release, fields: Mapping[str, Any]
) -> PreReleaseAccess:
    """Mails the person their link. Raises releases.Out."""
    with transaction.atomic():
        release = releases.unpublished(release.pk)
        access = PreReleaseAccess.objects.create(release=release, given_by=by, **fields)
        address = {"access": access, "token": token(access)}
        messages.send(
            kind="pre_release_access",
            to=access.email,
            language=active(),
            context={**address, "release": release, "site_url": settings.SITE_URL},
        )
        entries.record(by=by, action="release.access_given", target=release)
    return access


def revoke(*, by: User | None, access: PreReleaseAccess) -> None:
    """From now on the link opens nothing."""
    with transaction.atomic():
        access = PreReleaseAccess.objects.select_for_update().get(pk=access.pk)
        if access.revoked_at is None:
            access.revoked_at = timezone.now()
            access.save(update_fields=["revoked_at"])
            release = access.release
            entries.record(by=by, action="release.access_revoked", target=release)


def token(access: PreReleaseAccess) -> str:
    return tokens.make(SCOPE, access.pk)


def find(token: str) -> PreReleaseAccess:
    """Whose link it is, while it works. Raises tokens.BadToken where it is no link of
    ours or was taken back, and NotNow."""
    pk = tokens.read(SCOPE, token, LONGEST)
    rows = PreReleaseAccess.objects.filter(pk=pk, revoked_at=None)
    access = rows.select_related("release__study").first()
    if access is None or access.release.state == Release.State.CANCELLED:
        raise tokens.BadToken(_("This link is not valid, or is too old."))
    if access.release.is_out:
        raise NotNow(_("This release is out: everybody can read it."))
    now = timezone.now()
    if now < access.starts_at:
        raise NotNow(_("It is too early: this link does not work yet."))
    if now >= access.ends_at:
        raise NotNow(_("The time of this link has run out."))
    return access


def files(access: PreReleaseAccess) -> Any:
    """What they may read."""
    return File.objects.filter(edition__release_item__release=access.release_id)


def used(*, access: PreReleaseAccess) -> None:
    """Notes that the page or a file was opened, without a name."""
    with transaction.atomic():
        rows = PreReleaseAccess.objects.filter(pk=access.pk)
        rows.update(last_used_at=timezone.now())
        entries.record(by=None, action="release.access_used", target=access)


def is_early(access: PreReleaseAccess) -> bool:
    """Whether it begins more than 24 hours before the release."""
    at = access.release.publish_at
    return at is None or access.starts_at < at - USUAL
