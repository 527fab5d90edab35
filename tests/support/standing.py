"""Examples of the pages of seats, notices, roles in a study, risks and targets."""

from django.utils import timezone

from engagement.groups.models import DeclaredInterest, Membership, Notice, Seat
from engagement.groups.services import interests, notices
from engagement.studies.models import Ownership, Risk, Study, Target
from engagement.studies.services import ownerships, risks


def make_missing():
    """A notice, a declared interest, a role in a study, a risk and whom it reaches."""
    notices.sweep()
    term, today = Membership.objects.first(), timezone.localdate()
    interests.declare(by=None, membership=term, text="A share", declared_on=today)
    study = Study.objects.get(slug="wimd")
    if not study.ownerships.exists():
        post = {"post_en": "Head", "post_cy": "Pennaeth"}
        ownerships.begin(by=None, study=study, role="lead", started_on=today, **post)
    both = {"text_en": "Late", "text_cy": "Hwyr"}
    risks.add(by=None, study=study, owner=None, **both)
    Target.objects.create(study=study, label_en="A", label_cy="B", sector="private")


def seats():
    seat, term = Seat.objects.first().pk, Membership.objects.first().pk
    notice, interest = Notice.objects.first(), DeclaredInterest.objects.first()
    pages = ("term", "take_back", "declare_interest")
    return {
        **{f"groups:{page}_seat": [seat] for page in ("edit", "close", "move")},
        **{f"groups:{page}": [term] for page in pages},
        "groups:settle_notice": [notice.pk if notice else 1],
        "groups:end_interest": [interest.pk if interest else 1],
    }


def roles():
    role, risk = Ownership.objects.first(), Risk.objects.first()
    target = Target.objects.filter(study__slug="wimd").first()
    there = ["wimd", target.pk if target else 1]
    return {
        "studies:end_ownership": [role.pk if role else 1],
        **{
            f"studies:{page}": [risk.pk if risk else 1]
            for page in ("risk", "give_risk")
        },
        **{f"studies:{page}_target": there for page in ("edit", "remove")},
    }
