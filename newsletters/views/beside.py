"""What stands beside a form of an editor: what was kept, who else is at it, and how what
was saved differs from what is typed."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.accounts.requests import StaffRequest, posted
from engagement.audit.models import Entry
from engagement.core import differences
from newsletters.forms.writing import ArticleForm, IssueForm
from newsletters.models import Article, Issue, Unsaved
from newsletters.services import presence, saving, unsaved
from newsletters.views import signed_out

EditorForm = ArticleForm | IssueForm
Thing = Issue | Article | None
FORMS: dict[str, type[ArticleForm] | type[IssueForm]] = {
    "issue": IssueForm,
    "new_issue": IssueForm,
    "article": ArticleForm,
    "new_article": ArticleForm,
}


class Difference(NamedTuple):
    """Of one field: what is saved, and the way from there to what is typed."""

    label: str
    lang: str
    saved: str
    parts: list[differences.Part]


def form(
    request: StaffRequest, kind: str, pk: int, thing: Thing = None
) -> tuple[EditorForm, Unsaved | None]:
    """The form, with what its writer typed last and did not save, and that."""
    initial: dict[str, Any] = {"seen": saving.version(thing) if thing else ""}
    kept = None
    if request.method != "POST":
        kept = _latest(
            unsaved.find(user=request.user, kind=kind, pk=pk),
            signed_out.find(request, kind, pk),
        )
    if kept:
        initial |= kept.fields | {"seen": kept.seen}
    make: Any = FORMS[kind]
    return make(posted(request), instance=thing, initial=initial), kept


def context(
    request: StaffRequest,
    kind: str,
    pk: int,
    form: EditorForm,
    kept: Unsaved | None,
    thing: Thing = None,
) -> dict[str, Any]:
    """For newsletters/_kept.html and _differences.html. A form that was refused is kept
    too: whoever closes it now has lost nothing."""
    saved = _fresh(thing)
    if request.method == "POST":
        keep(request.user, kind, pk, form, saved)
    over = saving.version(saved) if saved else ""
    meanwhile = saved and form.over() != over
    return {
        "kind": kind,
        "target": pk,
        "kept": kept,
        "kept_at": when(kept.at) if kept else "",
        "others": others(request.user, kind, pk),
        "meanwhile": who_saved(saved) if saved and meanwhile else "",
        "over": over if meanwhile else "",
        "differences": _differences(form, saved) if kept or meanwhile else [],
    }


def keep(
    user: User, kind: str, pk: int, form: EditorForm, thing: Thing
) -> Unsaved | None:
    saved = {name: getattr(thing, name, "") for name in form.names()}
    seen = str(form["seen"].value() or "")
    typed = form.typed()
    return unsaved.keep(
        user=user, kind=kind, pk=pk, seen=seen, fields=typed, saved=saved
    )


def others(user: User, kind: str, pk: int) -> list[str]:
    """Who else has typed something here that is not saved, and who has it open without a
    word typed: a sentence each."""
    writing = unsaved.of_others(user=user, kind=kind, pk=pk)
    writers = {row.user_id for row in writing}
    return [
        *(
            _("%(name)s is writing here too: not saved yet, last at %(time)s.")
            % {"name": row.user.name, "time": when(row.at)}
            for row in writing
        ),
        *(
            _("%(name)s opened this at %(time)s and has it open still.")
            % {"name": one.user.name, "time": when(one.since)}
            for one in presence.of_others(user=user, kind=kind, pk=pk)
            if one.user.pk not in writers
        ),
    ]


def news(user: User, kind: str, pk: int, seen: str, thing: Thing) -> list[str]:
    """As `others`, and who has saved since `seen`."""
    told = others(user, kind, pk)
    if thing and seen != saving.version(thing):
        told.append(who_saved(thing))
    return told


def who_saved(thing: Issue | Article) -> str:
    entry = (
        Entry.objects.filter(
            action=f"{thing._meta.model_name}.updated",
            target_kind=thing._meta.label_lower,
            target_id=thing.pk,
        )
        .order_by("pk")
        .last()
    )
    values = {"name": entry.actor if entry else "", "time": when(thing.updated_at)}
    if values["name"]:
        return _("%(name)s saved this at %(time)s.") % values
    return _("This was saved at %(time)s.") % values


def when(at: datetime) -> str:
    """The time, with the day where it is not today."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return date_format(local, "TIME_FORMAT")
    return date_format(local, "DATETIME_FORMAT")


def _latest(*found: Unsaved | None) -> Unsaved | None:
    return max(filter(None, found), key=lambda one: one.at, default=None)


def _fresh(thing: Thing) -> Thing:
    """As it is saved: a form writes what was typed into its own copy."""
    return type(thing)._base_manager.get(pk=thing.pk) if thing else None


def _differences(form: EditorForm, saved: Thing) -> list[Difference]:
    found = []
    for name, typed in form.typed().items():
        old, new = unsaved.fitting(getattr(saved, name, "")), unsaved.fitting(typed)
        if old.strip() != new.strip():
            label = str(form[name].label)
            parts = differences.between(old, new)
            found.append(Difference(label, name[-2:], old, parts))
    return found
