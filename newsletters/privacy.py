from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, declare, kept
from newsletters.models import (
    Approval,
    Article,
    Correction,
    Delivery,
    Document,
    Issue,
    IssueArticle,
    Link,
    LinkCheck,
    Newsletter,
    Override,
    Picture,
    Reading,
    Subscription,
    Unsaved,
)

declare(
    Newsletter,
    plain="id source is_synthetic study slug title_en title_cy purpose_en purpose_cy "
    "frequency_en frequency_cy sender_name_en sender_name_cy sender_address privacy "
    "reply_address colour masthead masthead_alt_en masthead_alt_cy "
    "masthead_width masthead_height",
)
declare(
    Subscription,
    title=_("Newsletters you asked for"),
    about=lambda subject: Q(person__in=subject.people),
    plain="id newsletter created_at uncounted",
    personal={"person": CLEARED},
    delete=True,
)
declare(
    Issue,
    plain="id source is_synthetic newsletter slug title_en title_cy intro_en intro_cy "
    "date_note_en date_note_cy state recipients created_at frozen_at finished_at "
    "updated_at scheduled_at edited_en_at edited_cy_at release",
)
declare(
    Article,
    plain="id source is_synthetic slug study title_en title_cy summary_en summary_cy "
    "body_en body_cy updated_at meaning_en meaning_cy edited_en_at edited_cy_at",
)
declare(Picture, plain="id article position name upload width height alt_en alt_cy")
declare(Link, plain="id article position output event ask")
declare(LinkCheck, plain="id address checked_at status reason")
declare(Approval, plain="id issue by at digest content")
declare(Override, plain="id issue by at reason digest findings")
declare(Correction, plain="id issue article by at text_en text_cy")
declare(Document, plain="id issue language upload size sha256 pages made_at")
declare(Unsaved, plain="id user target_kind target_id seen fields at")
for _through in (
    Newsletter.other_studies.through,
    Newsletter.owners.through,
    Newsletter.testers.through,
):
    declare(
        _through,
        plain=" ".join(field.name for field in _through._meta.concrete_fields),
    )
declare(IssueArticle, plain="id issue article position")
declare(
    Delivery,
    title=_("Issues you were sent"),
    about=lambda subject: Q(person__in=subject.people),
    plain="id issue language sector state attempts due_at account handed_over_at "
    "settled_at bounce bounced_at",
    personal={
        "person": CLEARED,
        "address": CLEARED,
        "reply": CLEARED,
        "token": kept(
            "the links in the mail that was sent go on answering", exported=False
        ),
    },
)
declare(
    Reading,
    title=_("Articles you opened, as you agreed that we may keep"),
    about=lambda subject: Q(delivery__person__in=subject.people),
    plain="id",
    personal={
        # With the row: its count is among the hits.
        "delivery": CLEARED,
        "article": CLEARED,
        "day": CLEARED,
    },
    delete=True,
)
