"""Everything that is held on a person, for them (GDPR article 15 and 20)."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Field, Model
from django.template.loader import render_to_string
from django.utils import timezone, translation

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import privacy
from engagement.people.models import Person
from engagement.people.services import subjects


class Section(NamedTuple):
    """The rows of one model; each is a list of (name, label, value, value in words)."""

    model: str
    title: str
    rows: list[list[tuple[str, str, Any, str]]]


def export(*, by: User | None, person: Person) -> bytes:
    """A ZIP with `data.json`, for programs, and `index.html`, for people, in the order
    of languages that the person chose. What is held is read in one transaction."""
    with transaction.atomic():
        entries.record(by=by, action="person.exported", target=person)
        subject = subjects.of(person)
        with translation.override(person.language):
            sections = [one for one in _sections(subject) if one.rows]
            page = render_to_string(
                "people/export.html",
                {"sections": sections, "at": timezone.now(), "lang": person.language},
            )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("index.html", page)
        archive.writestr("data.json", _json(sections))
    return file.getvalue()


def _json(sections: list[Section]) -> str:
    data = {
        section.model: [
            {name: value for name, _label, value, _words in row} for row in section.rows
        ]
        for section in sections
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _sections(subject: privacy.Subject) -> Iterator[Section]:
    for declared in privacy.declarations():
        if declared.about is None:
            continue
        hidden = {name for name, one in declared.personal.items() if not one.exported}
        fields = [
            field
            for field in declared.model._meta.concrete_fields
            if field.name not in hidden
        ]
        rows = declared.rows(subject).order_by("pk")
        related = [field.name for field in fields if field.is_relation]
        yield Section(
            declared.model._meta.label,
            str(declared.title),
            [
                [_cell(row, field) for field in fields]
                for row in rows.select_related(*related)
            ],
        )


def _cell(row: Model, field: "Field[Any, Any]") -> tuple[str, str, Any, str]:
    value = field.value_from_object(row)
    if hasattr(value, "name") and hasattr(value, "url"):
        value = value.name
    return field.name, str(field.verbose_name), value, _words(row, field, value)


def _words(row: Model, field: "Field[Any, Any]", value: Any) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return str(getattr(row, field.name))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return str(value)
