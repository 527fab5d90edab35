"""Each issue as a PDF in each language, kept as it was when it was sent.

What was sent before Dolen is set from the words on record, so that the whole archive can
be kept and printed; its page says that this is not what went then.
"""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Q

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import pdf as pdfs
from engagement.core.bilingual import LANGUAGES
from engagement.mail import queue
from newsletters import queries
from newsletters.models import PUBLIC_STATES, Document, Issue
from newsletters.services import approved, issue_pdf

logger = logging.getLogger(__name__)


def pdf(issue: Issue, lang: str) -> bytes:
    """The issue in one language as it is now. Raises NoPdf where none can be made."""
    return issue_pdf.make(issue, lang, queries.articles(issue)).content


def make(*, by: User | None, issue: Issue) -> None:
    """Keeps the PDF in each language that has none of this sending yet. Raises NoPdf, or
    approved.NotAsApproved."""
    have = set(queries.documents(issue).values_list("language", flat=True))
    missing = [lang for lang in LANGUAGES if lang not in have]
    articles = approved.articles(issue) if missing else []
    for lang in missing:
        _keep(by, issue.pk, lang, issue_pdf.make(issue, lang, articles))


def make_missing(issue_id: int) -> None:
    """As `make`; where none can be made, the log says why."""
    issue = Issue.objects.select_related("newsletter__study").get(pk=issue_id)
    try:
        make(by=None, issue=issue)
    except pdfs.NoPdf as failure:
        logger.warning("No documents of issue %s: %s", issue_id, failure)
    except approved.NotAsApproved as failure:
        logger.error("No documents of issue %s: %s", issue_id, failure)


def sweep() -> None:
    """Wakes a worker for each issue that is out and lacks one: the rows are the queue,
    and an issue that cannot be set keeps no other waiting."""
    made = Count("documents", filter=Q(documents__made_at__gte=queries.OUT_AT))
    sent = Issue.objects.public().annotate(made=made)
    for pk in sent.filter(made__lt=len(LANGUAGES)).values_list("pk", flat=True):
        queue.tell("newsletters.make_documents", issue_id=pk)


def _keep(by: User | None, pk: int, lang: str, made: pdfs.Made) -> None:
    """Of two workers the second finds the row of the first. What a sending that was
    called off left behind goes."""
    with transaction.atomic():
        issue = Issue.objects.select_for_update().get(pk=pk)
        kept = queries.documents(issue).filter(language=lang)
        if issue.state not in PUBLIC_STATES or kept.exists():
            return
        for stale in issue.documents.filter(language=lang):
            _remove(stale)
        document = Document(
            issue=issue,
            language=lang,
            size=len(made.content),
            sha256=hashlib.sha256(made.content).hexdigest(),
            pages=made.pages,
        )
        _save(document, made.content, by)


def _save(document: Document, content: bytes, by: User | None) -> None:
    """The file is on disk only if the row is in the database."""
    issue, lang = document.issue, document.language
    name = f"{issue.slug}-{lang}.pdf"
    document.upload.save(name, ContentFile(content), save=False)
    try:
        document.save()
        entries.record(by=by, action="issue.document_made", target=issue, language=lang)
    except Exception:
        document.upload.delete(save=False)
        raise


def _remove(document: Document) -> None:
    upload = document.upload
    document.delete()
    transaction.on_commit(lambda: upload.delete(save=False))
