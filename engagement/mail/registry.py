"""What the apps above tell mail, each in an `inbound.py` of its own, found at start."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise

from engagement.mail.models import Inbound

Text = str | Promise
Handler = Callable[[Inbound], Iterable[str]]
_handlers: list[Handler] = []
_outcomes: dict[str, Text] = {}
_mails: dict[str, Callable[[int], str | None]] = {}
_administrators: list[Callable[[], Iterable[tuple[str, str]]]] = []


def add_handler(handler: Handler, outcomes: Mapping[str, Text]) -> None:
    """`handler` is called once with each row, in a transaction, and gives codes of what
    it did; `outcomes` says those codes in words.

    The same rows in any order must come to the same end: mail is late, and comes twice.
    """
    _handlers.append(handler)
    _outcomes.update(outcomes)


def handlers() -> list[Handler]:
    return list(_handlers)


def outcome(code: str) -> Text:
    return _outcomes.get(code, code)


def add_mails(prefix: str, address: Callable[[int], str | None]) -> None:
    """`address` says where the mail `prefix`-number went; None where there is none."""
    _mails[prefix] = address


def sent_to(key: str) -> str | None:
    """Where the mail of this key went; None for a key that is none of ours."""
    prefix, _dash, number = key.rpartition("-")
    return _mails[prefix](int(number)) if prefix in _mails else None


def add_administrators(people: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """`people` gives (address, language) of those who see to an alarm."""
    _administrators.append(people)


def administrators() -> list[tuple[str, str]]:
    return [one for people in _administrators for one in people()]
