"""The answers of a survey, row by row, held against its code book."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from engagement.core.errors import Refused
from engagement.evidence.services.codebooks import Book
from engagement.people.services import reading

# As many wrong cells are named; one is enough to refuse the file.
NAMED = 50
Answers = dict[str, list[str]]


class Bad(NamedTuple):
    row: int
    column: str
    problem: str


class BadAnswers(Refused):
    """Cells are wrong; `bad` names the first of them."""

    def __init__(self, bad: list[Bad]) -> None:
        self.bad = bad[:NAMED]
        super().__init__(
            _("Row %(row)s, column “%(column)s”: %(problem)s") % bad[0]._asdict()
        )


def read(content: bytes, book: Book) -> list[tuple[str, Answers]]:
    """(id, answers) of each row of the CSV; several answers stand with | between them.
    Raises reading.Unreadable or BadAnswers."""
    table = reading.read(content, "answers.csv")
    wanted = ["id", *(question["id"] for question in book.questions)]
    bad = [
        Bad(1, name, _("There is no such question."))
        for name in table.headings
        if name not in wanted
    ]
    bad += [
        Bad(1, name, _("The column is missing."))
        for name in wanted
        if name not in table.headings
    ]
    if bad:
        raise BadAnswers(bad)
    found: dict[str, Answers] = {}
    for row, cells in table.rows:
        named = dict(zip(table.headings, cells, strict=True))
        bad += _number(row, named["id"], found)
        answers = {
            question["id"]: codes
            for question in book.questions
            if (codes := _codes(named[question["id"]]))
        }
        bad += [one for q in book.questions for one in _check(row, q, answers)]
        found[named["id"]] = answers
    most = book.invited - book.undeliverable
    if len(found) > most:
        bad.append(Bad(len(found) + 1, "id", _("More answered than were reached.")))
    if bad:
        raise BadAnswers(bad)
    return list(found.items())


def is_asked(question: dict[str, Any], answers: Answers) -> bool:
    return all(
        set(answers.get(name, [])) & set(codes)
        for name, codes in question["asked"].items()
    )


def _number(row: int, number: str, found: dict[str, Answers]) -> Iterator[Bad]:
    if not number or len(number) > 40:
        yield Bad(row, "id", _("Each row needs an id of up to 40 letters."))
    elif number in found:
        yield Bad(row, "id", _("“%(id)s” is there twice.") % {"id": number})


def _codes(cell: str) -> list[str]:
    return [code.strip() for code in cell.split("|") if code.strip()]


def _check(row: int, question: dict[str, Any], answers: Answers) -> Iterator[Bad]:
    name, codes = question["id"], answers.get(question["id"], [])
    known = {option["code"] for option in question["options"]}
    for code in codes:
        if code not in known:
            yield Bad(row, name, _("“%(code)s” is no answer to it.") % {"code": code})
    if len(codes) > 1 and question["kind"] == "single":
        yield Bad(row, name, _("Only one answer may be given."))
    if len(set(codes)) != len(codes):
        yield Bad(row, name, _("An answer is there twice."))
    if codes and not is_asked(question, answers):
        yield Bad(row, name, _("It was not asked of somebody with these answers."))
