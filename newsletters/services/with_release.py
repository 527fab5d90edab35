"""An issue that goes out with a release of outputs: at its time, and not before."""

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.outputs.models import Release
from newsletters.models import Issue
from newsletters.services import scheduling

WAITING = (Issue.State.DRAFT, Issue.State.SCHEDULED)


class TooLate(Refused):
    """The issue, or the release, is out."""


def attach(*, by: User | None, issue: Issue, release: Release | None) -> Issue:
    """With None it goes by itself again; what was scheduled for a time of its own is a
    draft then, so that it does not go at once. Raises TooLate."""
    with transaction.atomic():
        issue = scheduling.held(issue.pk)
        if issue.state not in WAITING or (release and release.is_out):
            raise TooLate(_("What is out can no longer be put together."))
        issue.release = release
        if release is None and issue.state == Issue.State.SCHEDULED:
            scheduling.back_to_draft(issue)
        else:
            issue.save(update_fields=["release", "updated_at"])
        entries.record(
            by=by,
            action="issue.with_release",
            target=issue,
            release=str(release) if release else "",
        )
    return issue
