"""What staff do with an output."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import bilingual
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import File, Output

WORDS = ("title", "summary")


class NotReady(Refused):
    """Something is missing; `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("This output cannot be published yet."))


def create(*, by: User | None, fields: Mapping[str, Any]) -> Output:
    """A draft; its address is made from the English title."""
    with transaction.atomic():
        output = Output(**fields)
        # The random end keeps two alike apart, and off the addresses of our own pages.
        end = get_random_string(5, "bcdfghjkmnpqrstvwxz")
        output.slug = f"{slugify(output.title_en)[:70]}-{end}"
        output.save()
        entries.record(by=by, action="output.created", target=output)
    return output


def update(*, by: User | None, output: Output, fields: Mapping[str, Any]) -> Output:
    """Raises NotReady where something published would be in one language only."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        for name, value in fields.items():
            setattr(output, name, value)
        if output.status == Output.Status.PUBLISHED:
            _check_parity(output)
        output.save()
        entries.record(by=by, action="output.updated", target=output)
    return output


def plan(*, by: User | None, output: Output) -> Output:
    """What was proposed is going to be made. Raises MoveNotAllowed."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.PLANNED)
        output.status = Output.Status.PLANNED
        output.save()
        entries.record(by=by, action="output.planned", target=output)
    return output


def publish(*, by: User | None, output: Output) -> Output:
    """Raises MoveNotAllowed, or NotReady where a language or a file is missing."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.PUBLISHED)
        if missing := obstacles(output):
            raise NotReady(missing)
        output.status = Output.Status.PUBLISHED
        output.published_at = timezone.now()
        output.save()
        entries.record(by=by, action="output.published", target=output)
    return output


def obstacles(output: Output) -> list[str]:
    """What stands in the way of publishing, in sentences for the reader."""
    names = [f"{word}_{lang}" for word in WORDS for lang in bilingual.LANGUAGES]
    found = _sentences(name for name in names if not getattr(output, name).strip())
    if not File.objects.filter(edition__output=output).exists():
        found.append(_("There is no file."))
    return found


def _check_parity(output: Output) -> None:
    """The outputs of the report have no summary; in one language alone is none."""
    if absent := bilingual.missing(output, *WORDS):
        raise NotReady(_sentences(absent))


def _sentences(names: Iterable[str]) -> list[str]:
    labels = {field.name: field.verbose_name for field in Output._meta.fields}
    return [_("This is missing: %(field)s.") % {"field": labels[n]} for n in names]
