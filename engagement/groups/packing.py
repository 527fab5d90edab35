"""What goes into the pack of a meeting, in order."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from engagement.core import uploads
from engagement.core.bilingual import other
from engagement.groups.models import Action, AgendaItem, Meeting, Paper


class Sheet(NamedTuple):
    """A paper as one language's pack has it. `only` says that it is in the other
    language alone."""

    paper: Paper
    late: bool
    only: bool

    @property
    def is_pdf(self) -> bool:
        return uploads.extension(self.paper.file.name or "") == "pdf"


class Entry(NamedTuple):
    """An item of the agenda; None for papers that belong to none."""

    item: AgendaItem | None
    starts_at: datetime | None
    sheets: list[Sheet]


class Contents(NamedTuple):
    meeting: Meeting
    entries: list[Entry]
    actions: list[Action]

    @property
    def sheets(self) -> list[Sheet]:
        return [sheet for entry in self.entries for sheet in entry.sheets]


def contents(meeting: Meeting, lang: str) -> Contents:
    """Each paper once: in `lang`, else as it is."""
    sheets = [_sheet(paper, meeting, lang) for paper in _papers(meeting, lang)]
    begins, entries = meeting.event.starts_at, []
    for item in meeting.items.select_related("owner__person", "owner__seat"):
        entries.append(Entry(item, begins, _of(item.pk, sheets)))
        begins = begins + timedelta(minutes=item.duration) if begins else None
    if loose := _of(None, sheets):
        entries.append(Entry(None, None, loose))
    actions = meeting.group.actions.open().select_related(
        "owner__person", "owner__seat"
    )
    return Contents(meeting, entries, list(actions))


def fingerprint(meeting: Meeting) -> str:
    """Another one where a pack made now would say or hold something else. What the study
    reached changes by the hour and is left out: the pack says when it was counted."""
    event = meeting.event
    words = [
        (event.title_en, event.title_cy, event.starts_at, event.ends_at, event.status),
        (event.venue_en, event.venue_cy, event.languages, event.interpretation),
        (meeting.group.name_en, meeting.group.name_cy, meeting.circulated_at),
        *meeting.items.values_list(
            "pk", "title_en", "title_cy", "purpose", "duration", "owner__person__name"
        ),
        *meeting.papers.values_list(
            "pk", "title_en", "title_cy", "purpose", "item", "file", "language"
        ),
        *meeting.group.actions.open().values_list(
            "text_en", "text_cy", "due_on", "owner__person__name"
        ),
    ]
    return hashlib.sha256(repr(words).encode()).hexdigest()


def same_paper(papers: Iterable[Paper], held: Iterable[int]) -> list[Paper]:
    """Those held, and those that say the same in the other language."""
    rows, numbers = list(papers), set(held)
    keys = {_key(paper) for paper in rows if paper.pk in numbers}
    return [paper for paper in rows if _key(paper) in keys]


def _papers(meeting: Meeting, lang: str) -> list[Paper]:
    papers = list(meeting.papers.all())
    have = {_key(paper) for paper in papers if paper.language == lang}
    return [
        paper for paper in papers if paper.language == lang or _key(paper) not in have
    ]


def _key(paper: Paper) -> tuple[int | None, str, str]:
    """A paper in two languages is two files with the same titles at one item."""
    return paper.item_id, paper.title_en, paper.title_cy


def _sheet(paper: Paper, meeting: Meeting, lang: str) -> Sheet:
    sent = meeting.circulated_at
    late = sent is not None and paper.uploaded_at > sent
    return Sheet(paper, late, paper.language == other(lang))


def _of(item: int | None, sheets: list[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.paper.item_id == item]
