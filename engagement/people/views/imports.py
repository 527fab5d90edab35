"""Files of people: upload, columns, what would happen, and doing it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people.forms.imports import ColumnsForm, UploadForm
from engagement.people.models import PeopleImport
from engagement.people.services import imports

SHOWN = 50


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_imports(request: StaffRequest) -> HttpResponse:
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            record = imports.upload(
                by=request.user, name=file.name, content=file.read()
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("people:import_columns", record.pk)
    page = Paginator(PeopleImport.objects.select_related("made_by"), 25)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    status = 422 if form.errors else 200
    return render(request, "people/imports.html", context, status=status)


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_columns(request: StaffRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(PeopleImport, pk=pk)
    headings = record.result.get("headings", [])
    first = {**record.columns, "overwrite": record.choices.get("overwrite")}
    form = ColumnsForm(posted(request), headings=headings, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            imports.start_check(
                by=request.user,
                record=record,
                fields=form.columns(),
                overwrite=form.cleaned_data["overwrite"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("people:import", pk)
    context = {"record": record, "form": form}
    status = 422 if form.errors else 200
    return render(request, "people/import_columns.html", context, status=status)


@requires("people.manage")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands; asks for itself again while a worker has it."""
    record = get_object_or_404(PeopleImport, pk=pk)
    if record.state == PeopleImport.State.UPLOADED:
        return redirect("people:import_columns", pk)
    shown: dict[str, list[Any]] = record.result.get("shown", {})
    context = {
        "record": record,
        "at_work": record.state in {"checking", "applying"},
        "counts": record.result.get("counts", {}),
        "shown": {kind: rows[:SHOWN] for kind, rows in shown.items()},
        "alike": shown.get("alike", []),
    }
    part = request.headers.get("HX-Request") == "true"
    template = "people/_import.html" if part else "people/import.html"
    return render(request, template, context)


@requires("people.manage")
@require_POST
def same_people(request: StaffRequest, pk: int) -> HttpResponse:
    """Whose the rows are that look like somebody on record."""
    record = get_object_or_404(PeopleImport, pk=pk)
    offered = {
        (str(row), change[1])
        for row, _name, _email, change in record.result.get("shown", {}).get(
            "alike", []
        )
    }
    same = {
        name.removeprefix("row-"): int(str(value))
        for name, value in request.POST.items()
        if (name.removeprefix("row-"), value) in offered
    }
    return _go_on(
        request, pk, lambda: imports.choose(by=request.user, record=record, same=same)
    )


@requires("people.manage")
@require_POST
def apply(request: StaffRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(PeopleImport, pk=pk)
    return _go_on(
        request, pk, lambda: imports.start_apply(by=request.user, record=record)
    )


def _go_on(request: HttpRequest, pk: int, step: Any) -> HttpResponse:
    try:
        step()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("people:import", pk)
