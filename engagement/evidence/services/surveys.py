"""Surveys that are brought in: whole or not at all, shown to staff, then published."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.evidence.models import Survey, SurveyResponse
from engagement.evidence.services import answers, codebooks
from engagement.evidence.services.codebooks import Book
from engagement.studies.models import Study


class UnknownStudy(Refused):
    """The code book names a study that there is none of."""


class SlugTaken(Refused):
    """A survey of that name is there, with other answers."""


class AlreadyPublished(Refused):
    """It cannot be thrown away any more."""


def bring_in(*, by: User | None, book: bytes, responses: bytes) -> Survey:
    """The same two files again are the same survey. Raises what `codebooks.read` and
    `answers.read` raise, UnknownStudy or SlugTaken."""
    found = codebooks.read(book)
    rows = answers.read(responses, found)
    sha256 = hashlib.sha256(book + b"\0" + responses).hexdigest()
    with transaction.atomic():
        study = _study(found)
        if known := Survey.objects.filter(slug=found.slug).first():
            if known.sha256 == sha256:
                return known
            raise SlugTaken(
                _("There is another survey “%(slug)s”.") % {"slug": found.slug}
            )
        survey = Survey.objects.create(
            study=study,
            slug=found.slug,
            **found.texts,
            is_synthetic=found.synthetic,
            invited=found.invited,
            undeliverable=found.undeliverable,
            questions=found.questions,
            sha256=sha256,
            imported_by=by,
        )
        SurveyResponse.objects.bulk_create(
            [SurveyResponse(survey=survey, number=n, answers=a) for n, a in rows],
            batch_size=1000,
        )
        entries.record(by=by, action="survey.imported", target=survey, rows=len(rows))
    return survey


def _study(book: Book) -> Study:
    """The survey's own, locked. Raises UnknownStudy, also for one that a question is
    about."""
    named = {question["about"] for question in book.questions} - {""}
    known = set(Study.objects.filter(slug__in=named).values_list("slug", flat=True))
    study = Study.objects.select_for_update().filter(slug=book.study).first()
    absent = named - known if study else {book.study}
    if study is None or absent:
        words = {"slug": min(absent)}
        raise UnknownStudy(_("There is no study “%(slug)s”.") % words)
    return study


def publish(*, by: User | None, survey: Survey) -> None:
    """From now on everybody sees its tables, small counts hidden. A second time changes
    nothing."""
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=survey.pk)
        if survey.published_at:
            return
        survey.published_at = timezone.now()
        survey.save(update_fields=["published_at"])
        entries.record(by=by, action="survey.published", target=survey)


def discard(*, by: User | None, survey: Survey) -> None:
    """With its answers. Raises AlreadyPublished."""
    with transaction.atomic():
        survey = Survey.objects.select_for_update().get(pk=survey.pk)
        if survey.published_at:
            raise AlreadyPublished(_("The survey is published already."))
        entries.record(by=by, action="survey.discarded", target=survey)
        survey.delete()
