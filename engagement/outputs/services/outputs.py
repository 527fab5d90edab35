"""What staff do with an output."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.core.states import check_move
from engagement.outputs.models import File, Output


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
    """Raises NotReady where a published output would lose a language."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        for name, value in fields.items():
            setattr(output, name, value)
        if output.status == Output.Status.PUBLISHED:
            _check_words(output)
        output.save()
        entries.record(by=by, action="output.updated", target=output)
    return output


def publish(*, by: User | None, output: Output) -> Output:
    """Raises MoveNotAllowed, or NotReady where a language or a file is missing."""
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        check_move(Output.MOVES, output.status, Output.Status.PUBLISHED)
        if missing := list(obstacles(output)):
            raise NotReady(missing)
        output.status = Output.Status.PUBLISHED
        output.published_at = timezone.now()
        output.save()
        entries.record(by=by, action="output.published", target=output)
    return output


def obstacles(output: Output) -> Iterator[str]:
    """What stands in the way of publishing, in sentences for the reader."""
    yield from _empty(output)
    if not File.objects.filter(edition__output=output).exists():
        yield _("There is no file.")


def _check_words(output: Output) -> None:
    if missing := list(_empty(output)):
        raise NotReady(missing)


def _empty(output: Output) -> Iterator[str]:
    for name in ("title_en", "title_cy", "summary_en", "summary_cy"):
        if not getattr(output, name).strip():
            label = getattr(Output._meta.get_field(name), "verbose_name", name)
            yield _("This is missing: %(field)s.") % {"field": label}
