"""Making one of two people or organisations, and undoing it for 30 days.

The merged row stays as a tombstone that points at the kept one
(docs/adr/0011-merge-leaves-a-tombstone.md).
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import privacy
from engagement.core.errors import Refused
from engagement.people.models import Alias, Merge, NotTheSame, Organisation, Person

UNDO_WITHIN = timedelta(days=30)
# What may be taken from the merged one. Bodies' names go in pairs.
FIELDS: dict[type[Model], tuple[str, ...]] = {
    Person: ("name", "email", "language"),
    Organisation: (
        *("name_en", "name_cy", "sector", "area", "parent", "note_en", "note_cy"),
    ),
}
KINDS: dict[str, type[Model]] = {
    Merge.Kind.PERSON: Person,
    Merge.Kind.ORGANISATION: Organisation,
}


class CannotMerge(Refused):
    """They are the same row, or one is merged already, or is gone."""


class CannotUndo(Refused):
    """Undone already, too old, or something later stands on it."""


class CanBeUndone(Refused):
    """There is still time to undo it."""


def merge(
    *, by: User | None, kept: Any, merged: Any, fields: Collection[str] = ()
) -> Merge:
    """Everything that points at `merged` points at `kept` from now on; `fields` are
    taken from the merged one. Two people or two organisations.

    What a rule will not let move, as the second of two deliveries of one issue, stays
    with the merged row. Raises CannotMerge.
    """
    with transaction.atomic():
        model = type(kept)
        kept, merged = _two_locked(model, kept.pk, merged.pk)
        record = Merge(
            kind=Merge.Kind.PERSON if model is Person else "organisation",
            kept_id=kept.pk,
            merged_id=merged.pk,
            by=by,
        )
        changes = _fields_to_change(kept, merged, fields)
        # Given up before it is taken: two rows may not have the same.
        given_up = {
            name: changes[name][1] for name in ("email", "user") if name in changes
        }
        record.before = {
            "kept": changes,
            "merged": {
                name: [value, _nothing(name)] for name, value in given_up.items()
            },
        }
        if type(merged) is Person and merged.email and "email" not in given_up:
            record.before["merged"]["email"] = [merged.email, ""]
        _set(merged, record.before["merged"])
        _set(kept, record.before["kept"])
        record.moved = dict(_move(merged, kept))
        if type(kept) is Organisation:
            record.moved["people.Alias+"] = _keep_names(kept, merged)
        merged.merged_into = kept
        merged.save()
        record.save()
        entries.record(
            by=by,
            action="person.merged" if model is Person else "organisation.merged",
            target=kept,
            merged=f"#{merged.pk}",
        )
    return record


def undo(*, by: User | None, merge: Merge) -> None:
    """What was moved goes back, where it still is where it was put; what has come since
    stays with the kept one. Raises CannotUndo."""
    model = KINDS[merge.kind]
    with transaction.atomic():
        # People before their merge, as an erasure takes them.
        kept, merged = _both(model, merge.kept_id, merge.merged_id)
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if reason := why_not_undo(merge):
            raise CannotUndo(reason)
        if kept is None or merged is None:
            raise CannotUndo(_("One of the two is no longer on record."))
        if merged.merged_into_id != kept.pk or kept.merged_into_id is not None:
            raise CannotUndo(_("They were merged again since. Undo that first."))
        Alias.objects.filter(pk__in=merge.moved.pop("people.Alias+", [])).delete()
        for field, keys in _fields_of(merge.moved, model):
            rows = field.model._base_manager.filter(pk__in=keys, **{field.name: kept})
            rows.update(**{field.name: merged})
        merged.merged_into = None
        _set_back(kept, merge.before["kept"])
        _set_back(merged, merge.before["merged"])
        if isinstance(merged, Person) and merged.email:
            _keep_primary(merged)
        merge.undone_at = timezone.now()
        merge.save(update_fields=["undone_at"])
        entries.record(
            by=by,
            action="person.unmerged" if model is Person else "organisation.unmerged",
            target=kept,
            merged=f"#{merged.pk}",
        )


def forget(*, by: User | None, merge: Merge) -> None:
    """Once it is too late to undo it: what the two were before goes, and with it the
    name of the merged person. Raises CanBeUndone while it can be undone."""
    with transaction.atomic():
        # People before their merge, as an erasure takes them.
        _both(KINDS[merge.kind], merge.kept_id, merge.merged_id)
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if not why_not_undo(merge):
            raise CanBeUndone(_("This merge can still be undone."))
        merge.before = {}
        merge.save(update_fields=["before"])
        if merge.kind == Merge.Kind.PERSON and merge.undone_at is None:
            tombstone = Person.objects.filter(pk=merge.merged_id)
            tombstone.filter(merged_into__isnull=False).update(name="")
        entries.record(by=by, action="merge.forgotten", target=merge)


def keep_apart(*, by: User | None, kind: str, one: int, other: int) -> None:
    """They only look alike; a second time changes nothing."""
    one, other = sorted((one, other))
    with transaction.atomic():
        row, new = NotTheSame.objects.get_or_create(
            kind=kind, one_id=one, other_id=other
        )
        if new:
            person = kind == Merge.Kind.PERSON
            entries.record(
                by=by,
                action="person.kept_apart" if person else "organisation.kept_apart",
                target=row,
            )


def what_moves(merged: Any) -> list[tuple[str, int]]:
    """What points at it, and how many rows of each."""
    numbers: Counter[str] = Counter()
    for field in pointing_at(type(merged)):
        title = str(privacy.of(field.model).title or _("Other records"))
        rows = field.model._base_manager.filter(**{field.name: merged})
        numbers[title] += rows.count()
    return [(title, number) for title, number in numbers.items() if number]


def why_not_undo(merge: Merge) -> str:
    """ "" while it may be undone."""
    if merge.undone_at:
        return _("This merge has been undone.")
    if merge.at + UNDO_WITHIN < timezone.now():
        return _("A merge can be undone for 30 days only.")
    return ""


def pointing_at(model: type[Model]) -> Iterator["Field[Any, Any]"]:
    """Every column of every app that points at the model, but for `merged_into`."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.concrete_fields:
            if field.related_model is model and field.name != "merged_into":
                yield field


def _two_locked(model: type[Model], kept: int, merged: int) -> tuple[Any, Any]:
    if kept == merged:
        raise CannotMerge(_("Choose two different records."))
    found = _both(model, kept, merged)
    if not all(found):
        raise CannotMerge(_("One of the two is no longer on record."))
    if any(row.merged_into_id for row in found):
        raise CannotMerge(_("One of the two has been merged already."))
    return found


def _both(model: type[Model], one: int, other: int) -> tuple[Any, Any]:
    """Locked in the order of their numbers; None where there is no row."""
    rows = model._base_manager.filter(pk__in=[one, other]).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(no_key=True)}
    return found.get(one), found.get(other)


def _fields_to_change(
    kept: Any, merged: Any, fields: Collection[str]
) -> dict[str, list[Any]]:
    """{name: [before, after]} of the kept one."""
    changes = {
        name: [_value(kept, name), _value(merged, name)]
        for name in FIELDS[type(kept)]
        if name in fields or _is_missing(kept, name)
    }
    if isinstance(kept, Person) and kept.user_id is None and merged.user_id:
        changes["user"] = [None, merged.user_id]
    if isinstance(kept, Organisation) and _stands_under(kept, merged):
        changes["parent"] = [kept.parent_id, merged.parent_id]
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def _is_missing(kept: Any, name: str) -> bool:
    """What the kept one lacks is taken; a body without a parent has none."""
    return name != "parent" and not _value(kept, name)


def _stands_under(body: Organisation, other: Organisation) -> bool:
    seen = set()
    parent = body.parent
    while parent and parent.pk not in seen:
        if parent.pk == other.pk:
            return True
        seen.add(parent.pk)
        parent = parent.parent
    return False


def _value(row: Any, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)


def _nothing(name: str) -> Any:
    return "" if name == "email" else None


def _set(row: Any, changes: dict[str, list[Any]]) -> None:
    for name, (_before, after) in changes.items():
        setattr(row, row._meta.get_field(name).attname, after)
    row.save()


def _keep_primary(person: Person) -> None:
    """An address that was removed since is not anybody's primary one again."""
    known = [address.address for address in person.addresses.all()]
    if person.email not in known:
        person.email = known[0] if known else ""
        person.save(update_fields=["email"])


def _set_back(row: Any, changes: dict[str, list[Any]]) -> None:
    """What was changed again since stays as it is."""
    for name, (before, after) in changes.items():
        if _value(row, name) == after:
            setattr(row, row._meta.get_field(name).attname, before)
    row.save()


def _move(merged: Any, kept: Any) -> Iterator[tuple[str, list[int]]]:
    """The columns with the rows that were moved, by their numbers."""
    for field in pointing_at(type(merged)):
        rows = field.model._base_manager.filter(**{field.name: merged})
        if field.model is type(kept):
            rows = rows.exclude(pk=kept.pk)
        if keys := sorted(rows.values_list("pk", flat=True)):
            yield _label(field), _moved(field, keys, kept)


def _moved(field: "Field[Any, Any]", keys: list[int], kept: Any) -> list[int]:
    """All at once, or one by one where a rule will not have some of them."""
    everyone = field.model._base_manager
    try:
        with transaction.atomic():
            everyone.filter(pk__in=keys).update(**{field.name: kept})
    except IntegrityError:
        if len(keys) == 1:
            return []
        return [pk for key in keys for pk in _moved(field, [key], kept)]
    return keys


def _label(field: "Field[Any, Any]") -> str:
    return f"{field.model._meta.label}.{field.name}"


def _fields_of(
    moved: dict[str, list[int]], model: type[Model]
) -> Iterator[tuple["Field[Any, Any]", list[int]]]:
    for field in pointing_at(model):
        if keys := moved.get(_label(field)):
            yield field, keys


def _keep_names(kept: Organisation, merged: Organisation) -> list[int]:
    """The names of the merged body, as other names of the kept one."""
    names = {merged.name_en, merged.name_cy} - {kept.name_en, kept.name_cy, ""}
    known = set(kept.aliases.values_list("name", flat=True))
    made = [
        Alias.objects.create(organisation=kept, name=name)
        for name in sorted(names - known)
    ]
    return [alias.pk for alias in made]
