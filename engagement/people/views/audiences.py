"""Audiences: the list, what one would be now, and who is out of it and why."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import charts
from engagement.core.access import requires
from engagement.people import previews, queries
from engagement.people.forms.audiences import NameForm, WhoForm
from engagement.people.models import Audience, Person, Sector
from engagement.people.models.people import PersonQuerySet
from engagement.people.rule import shape, words
from engagement.people.services import audiences

SHOWN, ASIDE, FOUND = 50, 10, 20


@requires("people.view")
@require_safe
def list_audiences(request: HttpRequest) -> HttpResponse:
    rows = Audience.objects.select_related("made_by")
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    return render(request, "people/audiences/list.html", {"page": page})


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    form = NameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        audience = audiences.create(by=request.user, rule={}, **form.cleaned_data)
        return redirect("people:audience_edit", audience.slug)
    status = 422 if form.errors else 200
    return render(request, "people/audiences/name.html", {"form": form}, status=status)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: StaffRequest, slug: str) -> HttpResponse:
    audience = get_object_or_404(Audience, slug=slug)
    form = NameForm(posted(request), instance=audience)
    if request.method == "POST" and form.is_valid():
        audiences.rename(by=request.user, audience=audience, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:audience", slug)
    status = 422 if form.errors else 200
    context = {"form": form, "audience": get_object_or_404(Audience, slug=slug)}
    return render(request, "people/audiences/name.html", context, status=status)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: StaffRequest, slug: str) -> HttpResponse:
    audience = get_object_or_404(Audience, slug=slug)
    if request.method == "POST":
        audiences.delete(by=request.user, audience=audience)
        messages.success(request, _("The audience is deleted."))
        return redirect("people:audiences")
    return render(request, "people/audiences/delete.html", {"audience": audience})


@requires("people.view")
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it would be if it were used now: counts, sectors, names, and who could not be
    written to."""
    audience = get_object_or_404(Audience, slug=slug)
    context: dict[str, object] = {"audience": audience, "form": WhoForm()}
    try:
        people = audiences.people_in(audience)
        context |= preview(people) | {"rule": words.outline(audience.rule)}
    except shape.BrokenRule as broken:
        context["broken"] = str(broken)
    else:
        named = people.annotate(sector=queries.sector_of("pk")).order_by("name", "pk")
        context["page"] = Paginator(named, SHOWN).get_page(request.GET.get("page"))
        stopped = previews.unreachable(people).order_by("name", "pk")
        context["stopped"] = _with_reasons(Paginator(stopped, ASIDE).get_page(1))
    return render(request, "people/audiences/detail.html", context)


@requires("people.view")
@require_safe
def unreachable(request: HttpRequest, slug: str) -> HttpResponse:
    """All that are in by the rule and cannot be written to."""
    audience = get_object_or_404(Audience, slug=slug)
    try:
        people = previews.unreachable(audiences.people_in(audience))
    except shape.BrokenRule:
        return redirect("people:audience", slug)
    page = Paginator(people.order_by("name", "pk"), SHOWN)
    shown = _with_reasons(page.get_page(request.GET.get("page")))
    context = {"audience": audience, "page": shown}
    return render(request, "people/audiences/unreachable.html", context)


@requires("people.view")
@require_safe
def why(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who is out, and which conditions they fail; or those of a name, in or
    out."""
    audience = get_object_or_404(Audience, slug=slug)
    form = WhoForm(request.GET)
    context: dict[str, object] = {"audience": audience, "form": form}
    if form.is_valid():
        name = form.cleaned_data["words"]
        try:
            found = _of_name(name) if name else previews.out_of(audience)
            page = Paginator(found, FOUND).get_page(request.GET.get("page"))
            told = previews.verdicts(audience, list(page.object_list))
        except shape.BrokenRule:
            return redirect("people:audience", slug)
        context |= {"verdicts": told, "page": page, "by_name": bool(name)}
    status = 422 if form.errors else 200
    return render(request, "people/audiences/why.html", context, status=status)


def _of_name(words: str) -> QuerySet[Person]:
    return queries.find(words=words, sector="")


def preview(people: PersonQuerySet) -> dict[str, object]:
    """The numbers that the detail page and the editor show."""
    sectors = previews.by_sector(people)
    bars = [
        charts.Bar(Sector(key).label if key else _("Not stated"), number, str(number))
        for key, number in sectors.items()
    ]
    return {
        "number": sum(sectors.values()),
        "chart": charts.bars(
            _("People by sector"), _("Exact numbers, for the team alone."), bars
        ),
    }


def _with_reasons(page: Page[Person]) -> Page[Person]:
    """Each with `reason`."""
    people = list(page.object_list)
    reasons = previews.why_unreachable(people)
    for person in people:
        person.reason = reasons.get(person.pk, "")  # type: ignore[attr-defined]
    page.object_list = people
    return page
