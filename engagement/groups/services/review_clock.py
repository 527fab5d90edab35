"""When a study is reviewed: every three months, where it runs for over eighteen (the
report's Annex 2, 3.11)."""

from calendar import monthrange
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.groups.models import Group, Review
from engagement.mail.services import messages
from engagement.people.services import suppressions
from engagement.studies.models import Ownership, Study

EVERY, LONG = 3, 18
NOTICE = timedelta(days=14)


def later(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def runs_long(study: Study, today: date) -> bool:
    """Over 18 months from start to planned end; without one, up to today."""
    start = study.starts_on
    return start is not None and later(start, LONG) < (study.ends_on or today)


def next_due(study: Study, last: Review | None, today: date) -> date | None:
    """When the next review is due: on a step of three months from the study's start.
    None while the last one is still to come, and after the study's end.

    A study that has run for years is not owed those it never had."""
    if study.starts_on is None or not runs_long(study, today):
        return None
    if last and last.due_on > today and not last.done_at:
        return None
    after = max(last.due_on, today) if last else today
    months = (after.year - study.starts_on.year) * 12 + after.month
    step = max((months - study.starts_on.month) // EVERY, 1)
    while (due := later(study.starts_on, EVERY * step)) <= after:
        step += 1
    return None if study.ends_on and due > study.ends_on else due


def plan_due(*, by: User | None) -> int:
    """Makes each next review; returns how many. Of two workers one makes it."""
    studies = Study.objects.under_way(timezone.localdate())
    return sum(_plan(by, pk) for pk in studies.values_list("pk", flat=True))


def _plan(by: User | None, study_id: int) -> int:
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=study_id)
        last = study.reviews.order_by("due_on").last()
        due_on = next_due(study, last, timezone.localdate())
        if due_on is None:
            return 0
        review, new = Review.objects.get_or_create(study=study, due_on=due_on)
        if new:
            entries.record(by=by, action="review.planned", target=review)
    return int(new)


def announce_due(*, by: User | None) -> int:
    """Two weeks before the day, mails the study's lead, or else the secretary of its
    steering group; returns how many mails. Where there is neither, it waits."""
    rows = Review.objects.open().filter(
        reminded_at=None, due_on__lte=timezone.localdate() + NOTICE
    )
    return sum(_announce(by, row) for row in rows.select_related("study"))


def _announce(by: User | None, review: Review) -> int:
    group = Group.objects.steering(review.study).select_related("secretary").first()
    whom = _whom(review.study, group)
    if whom is None:
        return 0
    with transaction.atomic():
        still = Review.objects.open().filter(pk=review.pk, reminded_at=None)
        if not still.update(reminded_at=timezone.now()):
            return 0
        email, language = whom
        messages.send(
            kind="review_due",
            to=email,
            language=language,
            context={"review": review, "site_url": settings.SITE_URL},
        )
        entries.record(by=by, action="review.announced", target=review)
    return 1


def _whom(study: Study, group: Group | None) -> tuple[str, str] | None:
    """Address and language."""
    leads = Ownership.objects.on(timezone.localdate()).filter(
        study=study, role=Ownership.Role.LEAD, person__isnull=False
    )
    lead = leads.select_related("person").first()
    person = lead.person if lead else None
    if person and person.email and not suppressions.find(person.email):
        return person.email, person.language
    secretary = group.secretary if group else None
    if secretary and secretary.is_active:
        # An account has no language; it is written to as the rest of the team is.
        return secretary.email, bilingual.active()
    return None
