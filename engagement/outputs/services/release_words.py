"""All that goes out with a release, as data: what an approval is for, and nothing else.

When it goes out is no part of it: another day needs no other approval.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core import differences
from engagement.core.bilingual import LANGUAGES, active, other
from engagement.outputs.models import Edition, File, Release
from engagement.outputs.services import authors

OF_OUTPUT = ("title", "summary", "plain", "use", "misuse")
LABELS = {
    "title": gettext_lazy("Title"),
    "news": gettext_lazy("News item"),
    "summary": gettext_lazy("Summary"),
    "plain": gettext_lazy("Plain summary"),
    "use": gettext_lazy("How to use it"),
    "misuse": gettext_lazy("How not to use it"),
    "note": gettext_lazy("What is new"),
    "authors": gettext_lazy("Authors"),
    "files": gettext_lazy("Files, with a code of what is in each"),
}
Words = dict[str, str]


class Field(NamedTuple):
    """One text in both languages, in parts that are the same, gone or new."""

    place: str
    label: str
    parts: dict[str, list[differences.Part]]

    @property
    def changed(self) -> bool:
        every = (part for parts in self.parts.values() for part in parts)
        return any(part.kind != "same" for part in every)


def snapshot(release: Release) -> dict[str, Any]:
    """What would go out now; fits in JSON."""
    found = Edition.objects.filter(release_item__release=release).order_by("pk")
    found = found.select_related("output")
    found = found.prefetch_related("files", "output__authors")
    return {
        **_both(release, "title", "news"),
        "editions": [_edition(edition) for edition in found],
    }


def digest(content: dict[str, Any]) -> str:
    """The same for the same content; SHA-256 in hexadecimal."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def fields(before: dict[str, Any] | None, now: dict[str, Any]) -> list[Field]:
    """Every text of the two, those of `now` first. Without `before`, as they are."""
    new = dict(_texts(now))
    old = dict(_texts(before)) if before else new
    keys = [*new, *(key for key in old if key not in new)]
    found = (_field(old.get(key), new.get(key), key[-1]) for key in keys)
    return [field for field in found if any(field.parts.values())]


def _edition(edition: Edition) -> dict[str, Any]:
    output = edition.output
    return {
        "id": edition.pk,
        "number": edition.number,
        **_both(output, *OF_OUTPUT),
        **_both(edition, "note"),
        "authors": [authors.line(one) for one in output.authors.all()],
        "files": [_file(file) for file in edition.files.all()],
    }


def _file(file: File) -> dict[str, Any]:
    fields = ("name", "language", "sha256", "size")
    return {field: getattr(file, field) for field in fields}


def _both(thing: Any, *fields: str) -> dict[str, Words]:
    return {
        field: {lang: getattr(thing, f"{field}_{lang}") for lang in LANGUAGES}
        for field in fields
    }


def _texts(content: dict[str, Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """(key, (title of its output, words)); a key stays the same wherever it stands."""
    for name in ("title", "news"):
        yield (0, name), ({}, content[name])
    for one in content["editions"]:
        title = {lang: f"{one['title'][lang]} ({one['number']})" for lang in LANGUAGES}
        for name in (*OF_OUTPUT, "note"):
            yield (one["id"], name), (title, one[name])
        names = "\n".join(one["authors"])
        yield (one["id"], "authors"), (title, dict.fromkeys(LANGUAGES, names))
        files = {lang: _lines(one["files"], lang) for lang in LANGUAGES}
        yield (one["id"], "files"), (title, files)


def _lines(files: list[dict[str, Any]], lang: str) -> str:
    return "\n".join(
        f"{file['name']} {file['sha256'][:12]}"
        for file in files
        if file["language"] in (lang, File.Language.BOTH)
    )


def _field(old: Any, new: Any, name: str) -> Field:
    empty = dict.fromkeys(LANGUAGES, "")
    title: Words = (new or old)[0]
    was, is_now = (old or ({}, empty))[1], (new or ({}, empty))[1]
    named = [title[lang] for lang in (active(), other(active())) if title]
    parts = {lang: differences.between(was[lang], is_now[lang]) for lang in LANGUAGES}
    return Field(next(iter(named), _("The release")), str(LABELS[name]), parts)
