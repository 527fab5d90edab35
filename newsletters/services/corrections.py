"""Putting right what is out. What was sent stays as it was sent."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from newsletters.models import PUBLIC_STATES, Article, Correction, Issue


class NotOut(Refused):
    """A draft is not corrected: it is changed."""


def add(
    *,
    by: User,
    issue: Issue | None = None,
    article: Article | None = None,
    text_en: str,
    text_cy: str,
) -> Correction:
    """A dated note on the page of the issue, or else of the article. Raises NotOut."""
    with transaction.atomic():
        issues = Issue.objects.select_for_update().filter(state__in=PUBLIC_STATES)
        about = {"pk": issue.pk} if issue else {"places__article": article}
        if not issues.filter(**about):
            raise NotOut(_("This has not been sent: change it instead."))
        correction = Correction.objects.create(
            by=by, issue=issue, article=article, text_en=text_en, text_cy=text_cy
        )
        target: Any = issue or article
        entries.record(by=by, action="correction.added", target=target)
    return correction
