"""A second person lets an issue go although its two languages differ.

Only what the parity gate found can be let pass, and only as the words are now: what is
changed afterwards ends it. The second person is nobody who has written any of it, as
for an approval.
"""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.bilingual import LANGUAGES
from engagement.core.errors import Refused
from newsletters import checking
from newsletters.checking import loading
from newsletters.models import Issue, Override
from newsletters.services import approvals, content


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
        if by.pk in approvals.writers(issue):
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
    loaded = loading.load(issue)
    sides = []
    for lang in LANGUAGES:
        with translation.override(lang):
            every = checking.examine(loaded)
            found = [one for one in every if one.is_blocking_parity]
            sides.append([(one.key, str(one)) for one in found])
    return [
        {"key": list(key), "en": en, "cy": cy}
        for (key, en), (_key, cy) in zip(*sides, strict=True)
    ]
