"""Issues go out with releases of outputs."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.mail import queue
from engagement.outputs.companions import Companion, Source, register
from engagement.outputs.models import Release
from newsletters.models import Issue
from newsletters.services import approvals, sending
from newsletters.services.with_release import WAITING


def of(release: Release) -> Iterator[Companion]:
    for issue in release.issues.order_by("pk").select_related("newsletter"):
        waits = issue.state in WAITING
        yield Companion(
            title_en=issue.title_en,
            title_cy=issue.title_cy,
            kind=_("Issue of a newsletter"),
            address=reverse("newsletters:send", args=[issue.pk]),
            obstacles=list(_obstacles(issue)) if waits else [],
        )


def _obstacles(issue: Issue) -> Iterator[str]:
    yield from sending.obstacles(issue)
    if approvals.current(issue) is None:
        yield _("It is not approved as it is now.")


def start(release: Release) -> None:
    """The sweep finds what this message would have woken."""
    if release.issues.exists():
        queue.tell("newsletters.start_due")


register(Source(of, start))
