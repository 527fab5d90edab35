"""Releases for tests, through the services as staff would make them."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from engagement.accounts.models import Role, User
from engagement.outputs.models import PreReleaseAccess, Release
from engagement.outputs.services import release_approvals, release_words, releases
from tests.factories.outputs import make_file, make_output

_number = count(1)


def make_release(*, study, outputs=0, approved=False, **fields):
    """A draft with `outputs` that have a file in each language; `fields` as they are,
    past the services."""
    n = next(_number)
    texts = {
        "study": study,
        "slug": f"release-{n}",
        "title_en": f"Release {n}",
        "title_cy": f"Cyhoeddiad {n}",
        "news_en": f"News {n}.",
        "news_cy": f"Newyddion {n}.",
    }
    release = Release.objects.create(**texts | fields)
    for _ in range(outputs):
        output = make_output(status="draft", study=study)
        put_in(release, output)
    if approved:
        approve(release)
    return release


def put_in(release, output, **files):
    for language in ("en", "cy"):
        make_file(output=output, language=language, **files)
    edition = output.editions.get()
    releases.add_edition(by=None, release=release, edition=edition)
    return edition


def approve(release, by=None):
    by = by or User.objects.create_user(
        f"approver{next(_number)}@example.org", role=Role.MANAGER, name="Bryn"
    )
    seen = release_words.digest(release_words.snapshot(release))
    return release_approvals.approve(by=by, release=release, seen=seen)


def make_due(release, **ago):
    """Confirmed, and its time has come."""
    at = timezone.now() - timedelta(**ago or {"minutes": 1})
    Release.objects.filter(pk=release.pk).update(state="confirmed", publish_at=at)
    release.refresh_from_db()
    return release


def make_access(release, *, hours=(-1, 1), **fields):
    now = timezone.now()
    texts = {
        "name": "Ann Rees",
        "email": "ann@example.org",
        "post": "Head of news",
        "body": "Cabinet office",
        "reason": "To brief",
        "starts_at": now + timedelta(hours=hours[0]),
        "ends_at": now + timedelta(hours=hours[1]),
    }
    return PreReleaseAccess.objects.create(release=release, **texts | fields)
