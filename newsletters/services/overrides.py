"""A second person lets an issue go although its two languages differ.

Only what the parity gate found can be let pass, and only as the words are now: what is
changed afterwards ends it. The second person is nobody who has written any of it: the
audit trail says who created the issue or changed it, and who wrote or changed one of its
articles, in this issue or another.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.models import Entry
from engagement.audit.services import entries
from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from newsletters import checking
from newsletters.models import Article, Issue, Override
from newsletters.services import content

# Whatever else is done about an issue or an article counts as writing it, so that a new
# way to write is not forgotten.
NOT_WRITING = (
    *("issue.approval_asked", "issue.approved", "issue.sent", "issue.finished"),
    *("issue.scheduled", "issue.unscheduled", "issue.taken_back", "issue.not_sent"),
    *("issue.paused", "issue.resumed", "issue.overridden", "issue.tested"),
    "issue.corrected",
)


class OwnWork(Refused):
    """Who wrote any of it is no second person."""


class NothingToPass(Refused):
    """The parity gate finds nothing that blocks."""


class NotADraft(Refused):
    """It has gone out."""


def give(*, by: User, issue: Issue, reason: str) -> Override:
    """Keeps the reason and what was found. Raises OwnWork, NothingToPass, NotADraft."""
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=issue.pk)
        if issue.state != Issue.State.DRAFT:
            raise NotADraft(_("This issue is no draft any more."))
        if by.pk in writers(issue):
            raise OwnWork(_("You wrote some of this issue: somebody else decides."))
        found = findings(issue)
        if not found:
            raise NothingToPass(_("Nothing of this kind stands in the way."))
        override = Override.objects.create(
            issue=issue,
            by=by,
            reason=reason,
            digest=content.digest(issue),
            findings=found,
        )
        entries.record(by=by, action="issue.overridden", target=issue)
    return override


def findings(issue: Issue) -> list[dict[str, Any]]:
    """What the gate blocks, as it is kept: each with its words in both languages."""
    sides = []
    for lang in LANGUAGES:
        with translation.override(lang):
            found = [one for one in checking.run(issue) if one.is_blocking_parity]
            sides.append([(one.key, str(one)) for one in found])
    return [
        {"key": list(key), "en": en, "cy": cy}
        for (key, en), (_key, cy) in zip(*sides, strict=True)
    ]


def writers(issue: Issue) -> set[int]:
    """Numbers of the users who wrote any of it."""
    articles = list(issue.places.order_by().values_list("article_id", flat=True))
    of_issue = Q(target_kind=Issue._meta.label_lower, target_id=issue.pk)
    of_articles = Q(target_kind=Article._meta.label_lower, target_id__in=articles)
    # An article is written in the issue that it first stands in, and recorded there.
    placed = Q(action="issue.article_added", detail__article__in=articles)
    written = Entry.objects.filter(of_issue | of_articles | placed)
    actors = written.exclude(action__in=NOT_WRITING).order_by().values_list("actor_id")
    return {pk for (pk,) in actors.distinct() if pk}
