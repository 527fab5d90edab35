from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.audit.models import Entry
from engagement.core.privacy import declare, kept

declare(
    Entry,
    title=_("What was done with your record"),
    about=lambda subject: Q(target_kind="people.person", target_id__in=subject.people),
    plain="id at action target_kind target_id target detail",
    personal={
        "actor_id": kept("who of the team did it", exported=False),
        "actor": kept("who of the team did it", exported=False),
    },
)
