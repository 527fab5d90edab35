"""Examples of the pages of groups (see addresses.py)."""

from django.core.files.base import ContentFile
from django.utils import timezone

from engagement.groups.models import (
    Action,
    Group,
    Meeting,
    Membership,
    Pack,
    Paper,
    Review,
    Seat,
)
from engagement.studies.models import Milestone, PolicyChange
from tests import factories


def examples():
    return {
        "groups:paper": [Paper.objects.first().pk],
        "groups:add_paper": [Meeting.objects.first().pk],
        "groups:decide": [Meeting.objects.first().pk],
        "groups:fill": [Seat.objects.first().pk],
        "groups:vacate": [Membership.objects.first().pk],
        "groups": [Group.objects.get(slug="lti-steering").slug],
        "groups:answer": [Paper.objects.first().meeting_id],
        **_minutes(),
        "groups:pack": [Meeting.objects.first().pk],
        "groups:make_pack": [Meeting.objects.first().pk],
        "groups:pack_file": [_pack().meeting_id, "en"],
    }


def meet():
    """Of the steering group: minutes that are out, and an action that is owed."""
    held = Meeting.objects.filter(
        event__status="held", event__is_synthetic=True
    ).first()
    held.minutes, held.minutes_public = "approved", True
    held.approved_at = timezone.now()
    held.save()
    texts = {"text_en": "Ask the councils", "text_cy": "Gofyn i'r cynghorau"}
    Action.objects.create(group=held.group, meeting=held, **texts)


def _minutes():
    action = Action.objects.open().order_by("pk").first()
    out = Meeting.objects.filter(minutes_public=True).first()
    return {
        "groups:done": [action.pk if action else 1],
        "groups:public_minutes": ["lti-steering", out.pk if out else 1],
    }


def reviews():
    """Of the study in one of whose groups the member sits."""
    review = Review.objects.filter(study__slug="lti").last()
    milestone = Milestone.objects.filter(study__slug="lti").first()
    change = PolicyChange.objects.filter(study__slug="lti").first()
    pages = ("review", "open_review", "note_review", "finish_review")
    return {
        **{f"groups:{page}": [review.pk] for page in pages},
        "groups:reviews": ["lti"],
        "studies:edit_milestone": ["lti", milestone.pk],
        "studies:settle_milestone": ["lti", milestone.pk],
        "studies:edit_policy_change": ["lti", change.pk],
    }


def _pack():
    """In English; its file is not what it will be."""
    pack, _new = Pack.objects.get_or_create(
        meeting=Meeting.objects.first(),
        language="en",
        defaults={"asked_at": timezone.now(), "state": "made", "pages": 1},
    )
    if not pack.file:
        pack.file.save("pack.pdf", ContentFile(factories.PDF))
    return pack
