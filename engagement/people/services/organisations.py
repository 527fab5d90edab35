"""Bodies, the names they go by, and the body above each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import slugs
from engagement.core.errors import Refused
from engagement.people.models import Alias, Organisation
from engagement.people.services import likeness

Names = Mapping[str, Iterable[str]]


class AboveItself(Refused):
    """A body cannot stand, however far up, above itself."""


class Gone(Refused):
    """The body became part of another meanwhile."""


def create(*, by: User | None, aliases: Names, **fields: Any) -> Organisation:
    """`aliases` are other names by kind, `fields` the columns of Organisation."""
    with transaction.atomic():
        body = Organisation.objects.create(
            slug=slugs.make(fields["name_en"], 40, empty="body"), **fields
        )
        _name(body, aliases)
        entries.record(by=by, action="organisation.created", target=body)
    return body


def change(
    *, by: User | None, organisation: Organisation, aliases: Names, **fields: Any
) -> Organisation:
    """A name that is given up is kept as a former one. Raises AboveItself or Gone."""
    with transaction.atomic():
        body = _locked(organisation, fields["parent"])
        former = [*aliases[Alias.Kind.FORMER], *_former_names(body, fields)]
        changed = [name for name in fields if getattr(body, name) != fields[name]]
        for name in changed:
            setattr(body, name, fields[name])
        body.save(update_fields=changed)
        if _name(body, {**aliases, Alias.Kind.FORMER: former}):
            changed.append("aliases")
        if changed:
            entries.record(
                by=by, action="organisation.changed", target=body, fields=changed
            )
    return body


def find(name: str) -> Organisation | None:
    """The body of this name, in either language or by an alias, whatever its capitals
    and accents; None where none or several have it."""
    bodies = Organisation.objects.current()
    folded = likeness.fold(name)
    found = {
        pk
        for pk, *names in bodies.values_list("pk", "name_en", "name_cy")
        if folded in map(likeness.fold, names)
    }
    aliases = Alias.objects.filter(organisation__merged_into=None)
    found |= {
        pk
        for pk, alias in aliases.values_list("organisation", "name")
        if likeness.fold(alias) == folded
    }
    return bodies.get(pk=found.pop()) if len(found) == 1 else None


def _locked(organisation: Organisation, parent: Organisation | None) -> Organisation:
    """With a parent given, every body's row is locked: two changes at once could
    otherwise put each above the other. Bodies are few, and seldom change."""
    rows = Organisation.objects.select_for_update().order_by("pk")
    known = {
        row.pk: row for row in (rows if parent else rows.filter(pk=organisation.pk))
    }
    if organisation.pk not in known or known[organisation.pk].merged_into_id:
        raise Gone(_("This body became part of another meanwhile."))
    above = parent.pk if parent else None
    while above is not None:
        if above == organisation.pk:
            raise AboveItself(_("A body cannot be part of itself."))
        above = known[above].parent_id
    return known[organisation.pk]


def _former_names(body: Organisation, fields: Mapping[str, Any]) -> list[str]:
    now = {fields["name_en"], fields["name_cy"]}
    return [name for name in (body.name_en, body.name_cy) if name not in now]


def _name(body: Organisation, aliases: Names) -> bool:
    """Whether anything changed."""
    wanted = {name: kind for kind, names in aliases.items() for name in names}
    before = dict(body.aliases.values_list("name", "kind"))
    body.aliases.exclude(name__in=wanted).delete()
    for name, kind in wanted.items():
        body.aliases.update_or_create(name=name, defaults={"kind": kind})
    return before != wanted
