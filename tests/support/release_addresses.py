"""Examples of the pages of releases (see addresses.py)."""

from datetime import timedelta

from django.utils import timezone

from engagement.outputs.models import File, PreReleaseAccess, Release, ReleaseItem
from engagement.outputs.services import pre_release


def examples():
    """Of the one whose day is known, to which somebody has access now."""
    release = Release.objects.filter(state="confirmed").first()
    item = ReleaseItem.objects.filter(release=release).first()
    access = _access(release)
    token = pre_release.token(access)
    file = File.objects.filter(edition=item.edition).first()
    pages = ("release", "prepare_release", "edit_release", "discard_release")
    pages += ("date_release", "cancel_release", "ask_release_approval")
    pages += ("approve_release", "publish_release", "pre_release_access")
    return {
        **{f"outputs:{page}": [release.slug] for page in pages},
        "outputs:remove_from_release": [release.slug, item.pk],
        "outputs:revoke_pre_release": [release.slug, access.pk],
        "outputs:pre_release": [token],
        "outputs:pre_release_file": [token, file.pk],
    }


def _access(release):
    now = timezone.now()
    access, _new = PreReleaseAccess.objects.get_or_create(
        release=release,
        name="Ann (synthetic)",
        defaults={
            "email": "ann@example.org",
            "post": "Head of news",
            "body": "Cabinet office",
            "reason": "To brief",
            "starts_at": now - timedelta(hours=1),
            "ends_at": now + timedelta(hours=1),
        },
    )
    return access
