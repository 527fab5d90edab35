from django.utils.translation import gettext_lazy as _

from engagement.core.privacy import CLEARED, Erase, Personal, address_in, declare
from engagement.mail.models import (
    AccountState,
    Alarm,
    Inbound,
    Message,
    Pace,
    SendingCheck,
)

declare(
    Message,
    title=_("Mails about something you did"),
    about=lambda subject: address_in("to", subject.addresses),
    plain="id kind language sender reply_to calendar_method state attempts created_at "
    "claimed_at settled_at",
    personal=dict.fromkeys(
        ("to", "subject", "text", "html", "calendar", "reply"), CLEARED
    ),
    delete=True,
)
declare(AccountState, plain="id name failures failing_since failing_until reason")
declare(
    Pace,
    plain="id account domain next_at per_second slowed_at reason day taken",
)
declare(
    Inbound,
    title=_("What came back about mail to you"),
    about=lambda subject: address_in("address", subject.addresses),
    plain="id digest received_at source provider kind key status proven final machine "
    "handled_at outcomes",
    personal={
        "address": CLEARED,
        "reason": CLEARED,
        "raw": Personal(Erase.CLEAR, exported=False),
    },
    delete=True,
)
declare(Alarm, plain="id kind account text on at closed_at")
declare(SendingCheck, plain="id asked_at at results")
