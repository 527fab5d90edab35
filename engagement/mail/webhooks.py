"""Events of mail providers, through django-anymail, which checks who sends them."""

import json
import re
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from anymail.webhooks import (
    brevo,
    mailersend,
    mailgun,
    mailjet,
    mailtrap,
    mandrill,
    postal,
    postmark,
    resend,
    sendgrid,
    sparkpost,
    unisender_go,
)
from django.conf import settings
from django.dispatch import receiver

from engagement.mail.models import Inbound
from engagement.mail.services import bounces, reasons, verp
from engagement.mail.services.classifying import Classified

VIEWS = {
    "brevo": brevo.BrevoTrackingWebhookView,
    "mailersend": mailersend.MailerSendTrackingWebhookView,
    "mailgun": mailgun.MailgunTrackingWebhookView,
    "mailjet": mailjet.MailjetTrackingWebhookView,
    "mailtrap": mailtrap.MailtrapTrackingWebhookView,
    "mandrill": mandrill.MandrillCombinedWebhookView,
    "postal": postal.PostalTrackingWebhookView,
    "postmark": postmark.PostmarkTrackingWebhookView,
    "resend": resend.ResendTrackingWebhookView,
    "sendgrid": sendgrid.SendGridTrackingWebhookView,
    "sparkpost": sparkpost.SparkPostTrackingWebhookView,
    "unisender_go": unisender_go.UnisenderGoTrackingWebhookView,
}
Kind = Inbound.Kind
KINDS = {
    EventType.DELIVERED: Kind.DELIVERED,
    EventType.OPENED: Kind.OPENED,
    EventType.CLICKED: Kind.CLICKED,
    EventType.COMPLAINED: Kind.COMPLAINT,
    EventType.AUTORESPONDED: Kind.AUTO_REPLY,
    EventType.DEFERRED: Kind.SOFT,
    # The provider itself could not: a fault of ours.
    EventType.FAILED: Kind.BLOCK,
}
REASONS = {
    RejectReason.INVALID: Kind.HARD,
    RejectReason.BOUNCED: Kind.HARD,
    RejectReason.TIMED_OUT: Kind.SOFT,
    RejectReason.BLOCKED: Kind.BLOCK,
    RejectReason.SPAM: Kind.COMPLAINT,
    RejectReason.UNSUBSCRIBED: Kind.OTHER,
}
TRANSIENT = re.compile(r"transient|temporar|\bsoft", re.IGNORECASE)


# Connected because `apps.py` imports this module.
@receiver(tracking, dispatch_uid="engagement.mail.webhooks")
def take(sender: Any, event: AnymailTrackingEvent, esp_name: str, **_: Any) -> None:
    """Writes an event down. The only signal that this project listens to."""
    words = " ".join(filter(None, [event.mta_response, event.description]))
    found = Classified(
        kind=_kind(event, words),
        address=event.recipient or "",
        key=_key(event),
        status=reasons.status_in(words),
        reason=words[:500],
        final=event.event_type != EventType.DEFERRED,
        signed=True,
    )
    raw = _raw(event.esp_event)
    bounces.keep(
        json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str).encode(
            "utf-8", "replace"
        ),
        found,
        source=Inbound.Source.WEBHOOK,
        provider=esp_name,
        machine=_is_machine(raw),
    )


def _kind(event: AnymailTrackingEvent, words: str) -> str:
    if event.event_type not in (EventType.BOUNCED, EventType.REJECTED):
        return KINDS.get(event.event_type, Kind.OTHER)
    bounced = event.event_type == EventType.BOUNCED
    status = reasons.status_in(words)
    if status and bounced:
        return reasons.kind_of(status, words)
    reason = REASONS.get(event.reject_reason)
    if reason == Kind.COMPLAINT and bounced:
        # A server called it spam, not a reader.
        return Kind.BLOCK
    if reason == Kind.HARD and TRANSIENT.search(words):
        return Kind.SOFT
    return reason or reasons.kind_of("", words)


def _key(event: AnymailTrackingEvent) -> str:
    """As we gave it along, or out of our Message-ID."""
    given = str((event.metadata or {}).get("key", ""))
    if re.fullmatch(verp.KEY, given):
        return given
    name, _at, domain = (event.message_id or "").strip("<>").rpartition("@")
    ours = domain.lower() == settings.MAIL_DOMAIN.lower()
    return name if ours and re.fullmatch(verp.KEY, name) else ""


def _raw(event: Any) -> Any:
    """Without what a provider writes anew when it tries again (Mailgun's signature)."""
    if isinstance(event, dict):
        event = event.get("event-data", event)
        # SparkPost's lie in an envelope.
        return next(iter(event["msys"].values()), {}) if event.get("msys") else event
    # A form, as older webhooks send.
    return event.dict() if hasattr(event, "dict") else event


def _is_machine(raw: Any) -> bool:
    """What the provider says of who opened, and Anymail leaves out.

    SendGrid: sg_machine_open. Mailgun: client-info.bot ("apple", "gmail", "generic" or
    ""). Brevo: the events proxy_open and unique_proxy_open. SparkPost:
    user_agent_parsed.is_proxy and is_prefetched. Postmark, Mandrill and Resend say
    nothing of it.
    """
    if not isinstance(raw, dict):
        return False
    client, agent = raw.get("client-info"), raw.get("user_agent_parsed")
    if isinstance(client, dict) and client.get("bot"):
        return True
    if isinstance(agent, dict) and (
        agent.get("is_proxy") or agent.get("is_prefetched")
    ):
        return True
    if raw.get("event") in ("proxy_open", "unique_proxy_open"):
        return True
    return raw.get("sg_machine_open") is True
