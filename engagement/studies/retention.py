"""How long it is known who asked a question, and that a question keeps its asker."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.people.keeping import Rule, add_rule, add_tie
from engagement.studies.models import Enquiry, Ownership
from engagement.studies.services import enquiries

# Long enough for a second question about the first.
ASKER = timedelta(days=2 * 365)


def _answered(before: datetime) -> QuerySet[Enquiry]:
    day = timezone.localdate(before)
    return Enquiry.objects.filter(answered_on__lt=day, person__isnull=False)


def _forget(*, by: User | None, row: Enquiry) -> None:
    enquiries.forget_asker(by=by, enquiry=row)


def _asked(since: datetime) -> QuerySet[Enquiry]:
    day = timezone.localdate(since)
    recent = Q(answered_on=None) | Q(answered_on__gte=day) | Q(created_at__gte=since)
    return Enquiry.objects.filter(recent | Q(asked_on__gte=day))


def _words(enquiry: Enquiry) -> str:
    return gettext("Enquiry #%(number)s") % {"number": enquiry.pk}


def _stand(since: datetime) -> QuerySet[Ownership]:
    left = Q(ended_on__gte=timezone.localdate(since))
    return Ownership.objects.filter(Q(ended_on=None) | left)


add_tie(Enquiry, _asked)
add_tie(Ownership, _stand)
add_rule(
    Rule(
        key="askers",
        position=30,
        title=_("Who asked a question"),
        why=_(
            "Who asked is needed to answer, and for a second question about the answer. "
            "Two years after it, only the question and the answer are of use."
        ),
        then=_("The question and the answer stay. Whose they were is forgotten."),
        keep=ASKER,
        model=Enquiry,
        due=_answered,
        act=_forget,
        person=lambda enquiry: enquiry.person_id,
        words=_words,
    )
)
