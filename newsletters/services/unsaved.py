"""What somebody has typed and not saved. It is nobody's business but theirs, so nothing
of it is in the audit trail: the save will be."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from engagement.accounts.models import User
from engagement.audit.services import entries
from engagement.core import texts
from newsletters.models import Unsaved

# What may be typed: a thing, or a new one in the thing of that number (an issue of a
# newsletter, an article of an issue), so that no empty rows are needed.
KINDS = ("issue", "article", "new_issue", "new_article")


def keep(
    *,
    user: User,
    kind: str,
    pk: int,
    seen: str,
    fields: Mapping[str, str],
    saved: Mapping[str, str],
) -> Unsaved | None:
    """Keeps the fields until they are saved. None where they say what `saved` says:
    then there is nothing to keep, and what was kept before goes."""
    fit = {name: fitting(text) for name, text in fields.items()}
    if all(text.strip() == fitting(saved.get(name, "")) for name, text in fit.items()):
        drop(user=user, kind=kind, pk=pk)
        return None
    with transaction.atomic():
        found, _new = Unsaved.objects.update_or_create(
            user=user,
            target_kind=kind,
            target_id=pk,
            defaults={"seen": seen[:40], "fields": fit},
        )
    return found


def find(*, user: User, kind: str, pk: int) -> Unsaved | None:
    return _of(kind, pk).filter(user=user).first()


def of_others(*, user: User, kind: str, pk: int) -> list[Unsaved]:
    """The latest first, with their `user`."""
    others = _of(kind, pk).exclude(user=user).select_related("user")
    return list(others.order_by("-at"))


def drop(*, user: User | None, kind: str, pk: int) -> None:
    """It is saved, or its writer does not want it; the system types nothing."""
    if user:
        _of(kind, pk).filter(user=user).delete()


def forget(*, by: User | None, row: Unsaved) -> None:
    """Its time is over (see retention.py)."""
    with transaction.atomic():
        entries.record(by=by, action="unsaved.forgotten", target=row)
        row.delete()


def fitting(text: str) -> str:
    """What the database can hold, with the line ends that a saved text has."""
    return texts.UNFIT.sub("", texts.LINE_ENDS.sub("\n", text))


def _of(kind: str, pk: int) -> QuerySet[Unsaved]:
    return Unsaved.objects.filter(target_kind=kind, target_id=pk)
