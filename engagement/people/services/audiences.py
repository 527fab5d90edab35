"""Saved rules over people."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core.errors import Refused
from engagement.people.models import Audience, Person
from engagement.people.models.people import PersonQuerySet
from engagement.people.rule import conditions, editing, shape
from engagement.people.rule.shape import Rule

# Addresses of pages of their own.
TAKEN = {"new"}


class ChangedMeanwhile(Refused):
    """Somebody else has changed the rule since the page was loaded."""


def people_in(audience: Audience) -> PersonQuerySet:
    """Those it finds now, whether they can be written to or not; never those that were
    merged into somebody else. Raises shape.BrokenRule."""
    return Person.objects.current().filter(conditions.of(audience.rule))


def create(*, by: User | None, name: str, note: str, rule: Rule) -> Audience:
    """Raises shape.BrokenRule."""
    shape.check(rule)
    with transaction.atomic():
        audience = Audience.objects.create(
            slug=_free_slug(name), name=name, note=note, rule=rule, made_by=by
        )
        entries.record(by=by, action="audience.created", target=audience)
    return audience


def rename(*, by: User | None, audience: Audience, name: str, note: str) -> None:
    """Its address stays."""
    with transaction.atomic():
        row = Audience.objects.select_for_update().get(pk=audience.pk)
        wanted = {"name": name, "note": note}
        changed = [field for field in wanted if getattr(row, field) != wanted[field]]
        row.name, row.note = name, note
        row.save(update_fields=["name", "note", "updated_at"])
        entries.record(by=by, action="audience.changed", target=row, fields=changed)


def change(*, by: User | None, audience: Audience, rule: Rule, seen: str) -> None:
    """Puts the rule in place of the one whose version was `seen`. Raises
    ChangedMeanwhile, shape.BrokenRule."""
    with transaction.atomic():
        row = Audience.objects.select_for_update().get(pk=audience.pk)
        if editing.version(row.rule) != seen:
            raise ChangedMeanwhile(
                _("This audience was changed meanwhile. This is how it is now.")
            )
        shape.check(rule, known=_known(row))
        row.rule = audience.rule = rule
        row.save(update_fields=["rule", "updated_at"])
        entries.record(by=by, action="audience.changed", target=row, fields=["rule"])


def delete(*, by: User | None, audience: Audience) -> None:
    with transaction.atomic():
        entries.record(by=by, action="audience.deleted", target=audience)
        audience.delete()


def _known(audience: Audience) -> list[Any]:
    """Its conditions; none where the rule is no tree at all."""
    try:
        return [leaf for _place, leaf in shape.leaves(audience.rule)]
    except shape.BrokenRule:
        return []


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "audience"
    taken = set(Audience.objects.filter(slug__startswith=base).values_list("slug"))
    slug, number = base, 1
    while (slug,) in taken or slug in TAKEN:
        number += 1
        slug = f"{base}-{number}"
    return slug
