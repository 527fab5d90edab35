"""Taking what came back: written down first, then dealt with, each exactly once."""

import hashlib
import logging
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from engagement.core import digests
from engagement.mail import registry
from engagement.mail.models import Inbound
from engagement.mail.services import classifying
from engagement.mail.services.classifying import Classified

logger = logging.getLogger(__name__)


def take(raw: bytes, *, source: str) -> Inbound:
    """Writes a mail that came back down and deals with it; the row it is kept in.

    The same mail a second time changes nothing.
    """
    raw = raw[: classifying.MOST_BYTES]
    found = classifying.classify(raw)
    return keep(raw, _proven(found), source=source)


def keep(
    raw: bytes,
    found: Classified,
    *,
    source: str,
    provider: str = "",
    machine: bool = False,
) -> Inbound:
    """As `take`, for what is classified already; `found.signed` says that it is proven
    to be true."""
    row, new = Inbound.objects.get_or_create(
        digest=hashlib.sha256(provider.encode() + raw).hexdigest(),
        defaults={
            "raw": raw,
            "received_at": timezone.now(),
            "source": source,
            "provider": provider,
            "kind": found.kind,
            "key": found.key[:40],
            "address": _storable(found.address)[:320],
            "status": found.status[:12],
            "reason": _storable(found.reason)[:500],
            "proven": found.signed,
            "final": found.final,
            "machine": machine,
        },
    )
    if new:
        _try(row.pk)
    return row


def sweep() -> None:
    """Deals with what was written down and no more, because something broke."""
    waiting = Inbound.objects.filter(handled_at=None).order_by("pk")
    for pk in waiting.values_list("pk", flat=True)[:1000]:
        _try(pk)


def handle(*, inbound_id: int) -> None:
    """Asks every app what it does about the row; nothing where that is done."""
    with transaction.atomic():
        rows = Inbound.objects.select_for_update().filter(handled_at=None)
        if (row := rows.filter(pk=inbound_id).first()) is None:
            return
        done = [code for handler in registry.handlers() for code in handler(row)]
        row.outcomes, row.handled_at = done, timezone.now()
        row.save(update_fields=["outcomes", "handled_at"])


def _storable(text: str) -> str:
    """Without what no database takes: a NUL, half a letter (a lone surrogate)."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def _try(pk: int) -> None:
    """It is written down: whatever breaks now is tried again by the sweep, and one that
    always breaks holds up no other."""
    try:
        handle(inbound_id=pk)
    except Exception:
        logger.exception("Inbound %s could not be dealt with", pk)


def _proven(found: Classified) -> Classified:
    """With the address we sent it to.

    Where no code of ours proves that its sender had the mail, its address must: numbers
    of mails can be guessed.
    """
    sent_to = registry.sent_to(found.key) if found.key else None
    if not sent_to:
        return replace(found, key="", signed=False)
    if found.signed:
        return replace(found, address=sent_to)
    same = digests.normal(found.address) == digests.normal(sent_to)
    return replace(found, signed=same)
