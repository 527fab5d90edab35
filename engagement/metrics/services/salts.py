"""Numbers for addresses: the same within a day, and nobody's after it.

The salt of a day is a row, so that several machines make the same numbers. A page may
not write one, so the beat makes it ahead; where none is there yet, one is made as a file
beside the hits, which the beat takes over. When its day is over both are destroyed: from
then on no number can be made again, nor tried.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from engagement.metrics.models import Salt

# As many bits as a column for whole numbers holds, the sign left out.
BITS = 63
BYTES = 32
# So long before midnight the next day's is there.
AHEAD = timedelta(hours=1)

# Of one day: those before it are forgotten with it.
_known: dict[date, bytes] = {}


def number(day: date, words: str) -> int:
    """Made from `words` with the salt of the London day; 63 bits."""
    code = hmac.digest(_salt(day), words.encode(), hashlib.sha256)
    return int.from_bytes(code[:8], "big") >> 64 - BITS


def keep() -> None:
    """Makes those of today and, late in the day, of tomorrow; destroys the others."""
    now = timezone.now()
    days = {timezone.localdate(now), timezone.localdate(now + AHEAD)}
    there = set(Salt.objects.values_list("day", flat=True))
    if there != days:
        with transaction.atomic():
            Salt.objects.exclude(day__in=days).delete()
            missing = sorted(days - there)
            rows = [Salt(day=day, value=_read(day) or _made()) for day in missing]
            Salt.objects.bulk_create(rows, ignore_conflicts=True)
    for path in Path(settings.HITS_DIR).glob("salt-*"):
        if path.name not in {_path(day).name for day in days}:
            path.unlink(missing_ok=True)
    for day in set(_known) - days:
        _known.pop(day, None)


def _salt(day: date) -> bytes:
    """Asked of the database once a day in each process."""
    if (known := _known.get(day)) is None:
        row = Salt.objects.filter(day=day).values_list("value", flat=True).first()
        known = bytes(row) if row is not None else _in_file(day)
        _known.clear()
        _known[day] = known
    return known


def _in_file(day: date) -> bytes:
    """Made by whoever needs it first; all others find it, whole."""
    path = _path(day)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f".{secrets.token_hex(8)}")
    own.touch(mode=0o600)
    own.write_bytes(_made())
    with suppress(FileExistsError):
        os.link(own, path)
    own.unlink()
    return path.read_bytes()


def _read(day: date) -> bytes | None:
    with suppress(FileNotFoundError):
        return _path(day).read_bytes()
    return None


def _made() -> bytes:
    return secrets.token_bytes(BYTES)


def _path(day: date) -> Path:
    return Path(settings.HITS_DIR) / f"salt-{day:%Y-%m-%d}"
