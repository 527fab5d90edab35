"""How long it is known who told us of a use."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.evidence.models import Submission
from engagement.evidence.services import submissions
from engagement.people.keeping import Rule, add_rule

# Long enough to ask what came of it.
TELLER = timedelta(days=2 * 365)


def _settled(before: datetime) -> QuerySet[Submission]:
    nobody = Q(name="", email="")
    return Submission.objects.filter(settled_at__lt=before).exclude(nobody)


def _forget(*, by: User | None, row: Submission) -> None:
    submissions.forget_teller(by=by, submission=row)


def _nobody(_row: Submission) -> None:
    """Whoever told us left an address, and is no person of ours by that."""


def _words(row: Submission) -> str:
    return gettext("Use told by the form, #%(number)s") % {"number": row.pk}


add_rule(
    Rule(
        key="tellers",
        position=35,
        title=_("Who told us how they used research"),
        why=_(
            "A name and an address are left so that we can ask. Two years after what was "
            "told has been settled, only the words are of use."
        ),
        then=_("What was told stays. Who told it is forgotten."),
        keep=TELLER,
        model=Submission,
        due=_settled,
        act=_forget,
        person=_nobody,
        words=_words,
    )
)
