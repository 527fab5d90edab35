"""A review of Learning to Improve that is done, and the one after it, which is due.

The evaluation was to end in mid 2012; here it goes on, so that its reviews do.
"""

from datetime import timedelta

from django.utils import timezone

from engagement.events.demo import guests
from engagement.groups import reviewed
from engagement.groups.demo import texts
from engagement.groups.models import Group, Meeting, Review
from engagement.groups.services import review_clock


def load(group: Group, held: list[Meeting]) -> None:
    study, today = group.study, timezone.localdate()
    if study is None or study.reviews.exists():
        return
    due_on = review_clock.next_due(study, None, today)
    if due_on is None:
        return
    meeting = held[-1]
    done = Review(study=study, due_on=review_clock.later(due_on, -review_clock.EVERY))
    at = meeting.event.starts_at or timezone.now()
    done.meeting, done.made_at = meeting, at - timedelta(days=7)
    done.checklist = reviewed.freeze(done, timezone.localdate(done.made_at))
    done.note_en, done.note_cy = texts.REVIEW_SAID
    done.done_at, done.done_by = at + timedelta(days=1), guests.manager()
    done.reminded_at = at - timedelta(days=14)
    done.save()
    # Nobody is mailed about what is made up.
    Review.objects.create(study=study, due_on=due_on, reminded_at=timezone.now())
