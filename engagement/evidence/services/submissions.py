"""What people tell us of how they used the research, until staff have settled it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.evidence import team
from engagement.evidence.graph import Ref
from engagement.evidence.models import EvidenceOfUse, Source, Submission
from engagement.evidence.services import sources, uses
from engagement.mail.services import messages
from engagement.studies.models import Study

State = Submission.State
# What the form itself is, as a source.
TITLE_EN = "What was told by the form on the site"
TITLE_CY = "Yr hyn a ddywedwyd drwy'r ffurflen ar y wefan"


class NoReason(Refused):
    """Whoever declines says why."""


def submit(
    *, study: Study | None, page: Ref, language: str, fields: Mapping[str, Any]
) -> Submission:
    """Writes it down, tells the team, and whoever left an address that it came in."""
    with transaction.atomic():
        row = Submission.objects.create(
            study=study,
            page_kind=page.kind,
            page_id=page.pk,
            language=language,
            **fields,
        )
        entries.record(by=None, action="submission.received", target=row)
        _tell(row)
    return row


def take_up(
    *, by: User | None, submission: Submission, fields: Mapping[str, Any]
) -> EvidenceOfUse:
    """An entry made of it, with what was told as its source, and the consent that was
    given. Raises MoveNotAllowed."""
    with transaction.atomic():
        row = _locked(submission)
        _move(row, State.TAKEN_UP)
        use = uses.record(by=by, fields=fields)
        kind = Source.Kind.ACCOUNT
        sources.add(by=by, use=use, kind=kind, title_en=TITLE_EN, title_cy=TITLE_CY)
        given = EvidenceOfUse.Consent
        uses.settle_consent(
            by=by,
            use=use,
            consent=given.GIVEN if row.may_publish else given.REFUSED,
            on=timezone.localdate(row.created_at),
        )
        row.use = use
        row.save()
        entries.record(by=by, action="submission.taken_up", target=row)
    return use


def decline(*, by: User | None, submission: Submission, reason: str) -> Submission:
    """Raises MoveNotAllowed, NoReason."""
    if not reason.strip():
        raise NoReason(_("Say why it is declined."))
    with transaction.atomic():
        row = _locked(submission)
        _move(row, State.DECLINED)
        row.reason = reason
        row.save()
        entries.record(by=by, action="submission.declined", target=row)
    return row


def forget_teller(*, by: User | None, submission: Submission) -> None:
    """Keeps what was told, and not by whom."""
    with transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(name="", email="")
        entries.record(by=by, action="submission.teller_forgotten", target=submission)


def _locked(row: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=row.pk)


def _move(row: Submission, state: str) -> None:
    check_move(Submission.MOVES, row.state, state)
    row.state, row.settled_at = state, timezone.now()


def _tell(row: Submission) -> None:
    url = settings.SITE_URL + reverse("evidence:submission", args=[row.pk])
    context = {"submission": row, "study": row.study, "url": url}
    mails = [("use_told", address) for address in team.addresses(row.study)]
    if row.email:
        mails.append(("use_receipt", row.email))
    for kind, address in mails:
        messages.send(kind=kind, to=address, language=row.language, context=context)
