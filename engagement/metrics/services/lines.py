"""A hit as a line of JSON, and back. No address is in it, only numbers made from one."""

import json
from datetime import UTC, datetime
from typing import Any

from engagement.metrics import reading_rules
from engagement.metrics.models import Hit
from engagement.metrics.reading_rules import Facts

BIG = 2**63


class Unreadable(ValueError):
    """What is wrong with the line."""


def written(
    facts: Facts,
    *,
    at: datetime,
    kind: str,
    target: int,
    study: int | None,
    language: str,
    client: int,
    letter: int | None,
    sector: str,
) -> bytes:
    line = {
        "at": at.timestamp(),
        "kind": kind,
        "target": target,
        "study": study,
        "language": language,
        "client": client,
        "letter": letter,
        "sector": sector,
        "facts": facts,
    }
    return json.dumps(line, separators=(",", ":")).encode() + b"\n"


def read(line: bytes) -> tuple[Hit, str]:
    """The hit, with its class by the rules of now and without an agent, and the agent's
    text. Raises Unreadable."""
    try:
        found = json.loads(line)
        agent, *flags = found["facts"]
        facts = Facts(_text(agent, 300), *(_flag(flag) for flag in flags))
        hit_class, rule = reading_rules.classify(facts)
        hit = Hit(
            at=datetime.fromtimestamp(found["at"], UTC),
            target_kind=_text(found["kind"], 30),
            target_id=_number(found["target"]),
            study_id=_number_or_none(found["study"]),
            language=_text(found["language"], 4),
            client=_number(found["client"]),
            letter=_number_or_none(found["letter"]),
            sector=_text(found["sector"], 20),
            **facts.flags(),
            hit_class=hit_class,
            rule=rule,
            rules_version=reading_rules.VERSION,
        )
    except (ValueError, KeyError, TypeError, OverflowError, OSError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return hit, facts.agent


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValueError(f"no text of up to {most} letters")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not -BIG <= value < BIG:
        raise ValueError("no whole number")
    return value


def _number_or_none(value: Any) -> int | None:
    return None if value is None else _number(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither yes nor no")
    return value
