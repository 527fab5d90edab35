"""The rule of an audience, changed a step at a time; each step is saved."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people import registry
from engagement.people.forms.audiences import (
    KindForm,
    StepForm,
    can_be_filled,
    condition_form,
)
from engagement.people.models import Audience
from engagement.people.rule import editing, shape, words
from engagement.people.rule.shape import Rule
from engagement.people.services import audiences
from engagement.people.views.audiences import preview

manage_only = requires("people.manage")


@manage_only
@require_safe
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    """The conditions as sentences, with what comes of them beside."""
    audience = get_object_or_404(Audience, slug=slug)
    context: dict[str, object] = {
        "audience": audience,
        "seen": editing.version(audience.rule),
    }
    try:
        context["rule"] = words.outline(audience.rule)
        people = audiences.people_in(audience)
        context |= preview(people) | {"people": people.order_by("name", "pk")[:10]}
    except shape.BrokenRule as broken:
        context["broken"] = str(broken)
    return render(request, "people/audiences/edit.html", context)


@manage_only
@require_POST
def step(request: StaffRequest, slug: str) -> HttpResponse:
    """A button beside a condition was pressed."""
    audience = get_object_or_404(Audience, slug=slug)
    form = StepForm(request.POST)
    if form.is_valid():
        pressed, place = form.cleaned_data["press"]
        seen = form.cleaned_data["seen"]
        try:
            rule = _after(audience.rule, place, pressed)
            audiences.change(by=request.user, audience=audience, rule=rule, seen=seen)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("people:audience_edit", slug)


def _after(rule: Rule, place: str, pressed: str) -> Rule:
    """Raises editing.NoSuchPlace."""
    if pressed == "remove":
        # The whole of it too, which is how a rule that is broken is begun anew.
        return editing.removed(rule, place) if place else {}
    if pressed == "turn":
        return editing.turned(rule, place)
    if pressed == "group":
        return editing.added(rule, place, {"any": []})
    return editing.matched(rule, place, pressed)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest, slug: str) -> HttpResponse:
    """What the new condition is about first, its values then."""
    audience = get_object_or_404(Audience, slug=slug)
    group = request.GET.get("group", "")
    if not editing.is_group(audience.rule, group):
        raise Http404
    kind = registry.kind(request.GET.get("kind"))
    if kind is None:
        form = KindForm(request.GET if "kind" in request.GET else None)
        status = 422 if form.errors else 200
        context = {"audience": audience, "form": form, "group": group}
        return render(request, "people/audiences/kind.html", context, status=status)
    asked = condition_form(kind, posted(request), {})
    if request.method == "POST" and asked.is_valid():
        leaf = {"kind": kind.key, **asked.cleaned_data}
        try:
            _save(request, audience, editing.added(audience.rule, group, leaf))
        except Refused as refused:
            # What was filled in stays; a second press adds it to the rule as it is now.
            asked.add_error(None, str(refused))
        else:
            return redirect("people:audience_edit", slug)
    return _ask(request, audience, kind, asked)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, slug: str, place: str) -> HttpResponse:
    """Other values for a condition that is there."""
    audience = get_object_or_404(Audience, slug=slug)
    try:
        leaf = editing.leaf_at(audience.rule, place)
    except editing.NoSuchPlace as refused:
        raise Http404 from refused
    kind = registry.kind(leaf["kind"])
    if kind is None:
        raise Http404
    form = condition_form(kind, posted(request), leaf)
    stale = request.POST.get("seen") != editing.version(audience.rule)
    if request.method == "POST" and (stale or form.is_valid()):
        new = {"kind": kind.key, **getattr(form, "cleaned_data", {})}
        try:
            _save(request, audience, editing.replaced(audience.rule, place, new))
        except Refused as refused:
            # It may be another condition that stands there now.
            messages.error(request, str(refused))
        return redirect("people:audience_edit", slug)
    return _ask(request, audience, kind, form)


def _save(request: StaffRequest, audience: Audience, rule: Rule) -> None:
    seen = request.POST.get("seen", "")
    audiences.change(by=request.user, audience=audience, rule=rule, seen=seen)
    messages.success(request, _("Saved."))


def _ask(
    request: StaffRequest,
    audience: Audience,
    kind: registry.RuleKind,
    form: forms.Form,
) -> HttpResponse:
    """The page for a condition's values."""
    context = {
        "audience": audience,
        "form": form,
        "kind": kind,
        "can_be_filled": can_be_filled(form),
        "seen": editing.version(audience.rule),
    }
    status = 422 if form.errors else 200
    return render(request, "people/audiences/values.html", context, status=status)
