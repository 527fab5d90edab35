"""What the people who run the site must see to."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.mail import registry
from engagement.mail.models import Alarm
from engagement.mail.services import messages


def raise_alarm(*, kind: str, text: str, account: str = "") -> None:
    """Writes an alarm down and mails the administrators: both once a day, whatever
    comes, the mail once for all sending accounts."""
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        told = Alarm.objects.filter(kind=kind, on=today).exists()
        alarm, new = Alarm.objects.get_or_create(
            kind=kind,
            account=account,
            on=today,
            defaults={"text": text[:500], "at": now},
        )
        if new and not told:
            _tell(alarm)


def _tell(alarm: Alarm) -> None:
    page = settings.SITE_URL + reverse("mail:inbound")
    for address, language in registry.administrators():
        messages.send(
            kind="alarm",
            to=address,
            language=language,
            context={"alarm": alarm, "url": page},
        )
