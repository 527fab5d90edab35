from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, Subject, address_in, declare, kept
from engagement.outputs.models import (
    Author,
    Correction,
    Edition,
    File,
    Material,
    Output,
    PreReleaseAccess,
    Release,
    ReleaseChange,
    ReleaseItem,
    SearchEntry,
)


def _by_address(subject: Subject) -> Q:
    return address_in("email", subject.addresses)


declare(
    Output,
    plain="id source is_synthetic study slug kind kind_as_printed status title_en "
    "title_cy summary_en summary_cy plain_en plain_cy use_en use_cy misuse_en misuse_cy "
    "publisher series number issn licence audience year date_note_en date_note_cy "
    "supersedes note_en note_cy published_at withdrawn_at withdrawn_reason_en "
    "withdrawn_reason_cy changed_at",
)
declare(Output.subjects.through, plain="id output interest")
declare(Output.terms.through, plain="id output term")
declare(
    Author,
    plain="id output position",
    personal={
        name: kept("who wrote a publication is part of its record")
        for name in ("family", "given", "orcid")
    },
)
declare(
    Edition,
    plain="id output number year isbn doi note_en note_cy created_at published_at "
    "withdrawn_at withdrawn_reason_en withdrawn_reason_cy",
)
declare(
    File,
    plain="id edition language upload name content_type size sha256 pages added_at",
)
declare(Correction, plain="id edition made_at text_en text_cy old_file new_file")
declare(Material, plain="id event output moment position")
declare(
    Release,
    plain="id source is_synthetic study slug state title_en title_cy news_en news_cy "
    "planned_month publish_at published_at cancelled_reason_en cancelled_reason_cy "
    "submitted_by submitted_at approved_by approved_at approved_digest "
    "approved_content held_reason",
)
declare(ReleaseItem, plain="id release edition")
declare(
    ReleaseChange,
    plain="id release at by old_month old_at new_month new_at reason_en reason_cy",
)
declare(
    PreReleaseAccess,
    plain="id release body reason starts_at ends_at given_by given_at revoked_at "
    "last_used_at",
    personal={
        "name": CLEARED,
        "email": CLEARED,
        "post": kept("the list says by its post who saw what before it was out"),
    },
    about=_by_address,
    title=_("Access to research before its release"),
)
declare(
    SearchEntry,
    plain="id output language",
    personal={
        name: kept("who wrote a publication is part of its record")
        for name in ("title", "words")
    },
)
