from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, address_in, declare
from engagement.mail.models import Message

declare(
    Message,
    title=_("Mails about something you did"),
    about=lambda subject: address_in("to", subject.addresses),
    plain="id kind language sender reply_to state attempts created_at claimed_at "
    "settled_at",
    personal=dict.fromkeys(("to", "subject", "text", "html", "reply"), CLEARED),
    delete=True,
)
