"""Staff begin an edition, describe it, publish it, and say what was wrong in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.outputs.edition_forms import CorrectionForm, EditionForm
from engagement.outputs.forms import FileForm
from engagement.outputs.models import Edition, Output
from engagement.outputs.services import corrections, files, readiness
from engagement.outputs.services import editions as service

manage_only = requires("outputs.manage")


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest, slug: str) -> HttpResponse:
    """The next edition, which stays private until it is published."""
    output = get_object_or_404(Output, slug=slug)
    form = EditionForm(posted(request))
    if form.is_valid():
        made = service.create(by=request.user, output=output, fields=form.cleaned_data)
        messages.success(request, _("The edition is begun. Now add its files."))
        return redirect("outputs:edit_edition", slug, made.number)
    context = {"output": output, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "outputs/edit_edition.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    edition = of(slug, number)
    form = EditionForm(posted(request), instance=edition)
    if form.is_valid():
        try:
            service.update(by=request.user, edition=edition, fields=form.cleaned_data)
        except readiness.NotReady as refused:
            for missing in refused.missing:
                form.add_error(None, missing)
        else:
            messages.success(request, _("Saved."))
            return redirect("outputs:edit_edition", slug, number)
    return _edit_page(request, edition, form, FileForm())


@manage_only
@require_POST
def add_file(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    edition = of(slug, number)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        files.add(
            by=request.user,
            output=edition.output,
            edition=edition,
            **form.cleaned_data,
        )
        messages.success(request, _("The file is added."))
        return redirect("outputs:edit_edition", slug, number)
    return _edit_page(request, edition, EditionForm(instance=edition), form)


@manage_only
@require_POST
def publish(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    edition = of(slug, number)
    try:
        service.publish(by=request.user, edition=edition)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("outputs:edit_edition", slug, number)
    messages.success(request, _("The edition is published."))
    return redirect(edition)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """Of one that nobody has seen; asked for once more, as its files go with it."""
    edition = of(slug, number)
    if request.method != "POST":
        context = {"output": edition.output, "edition": edition}
        return render(request, "outputs/remove_edition.html", context)
    try:
        service.remove(by=request.user, edition=edition)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("outputs:edit_edition", slug, number)
    messages.success(request, _("The edition is removed."))
    return redirect("outputs:edit", slug)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """A dated notice, with a file in the place of another where one is wrong."""
    edition = of(slug, number)
    form = CorrectionForm(posted(request), request.FILES or None, edition)
    if form.is_valid():
        try:
            corrections.add(by=request.user, edition=edition, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The correction is published."))
            return redirect(edition)
    context = {"output": edition.output, "edition": edition, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "outputs/correct.html", context, status=status)


def of(slug: str, number: int) -> Edition:
    """With its output; 404 where there is none."""
    found = Edition.objects.select_related("output")
    return get_object_or_404(found, output__slug=slug, number=number)


def _edit_page(
    request: StaffRequest, edition: Edition, form: EditionForm, file_form: FileForm
) -> HttpResponse:
    context = {
        "output": edition.output,
        "edition": edition,
        "form": form,
        "file_form": file_form,
        "files": edition.files.select_related("corrected_by"),
        "corrections": edition.corrections.all(),
        "obstacles": readiness.obstacles(edition.output, edition),
    }
    status = 422 if form.is_bound or file_form.is_bound else 200
    return render(request, "outputs/edit_edition.html", context, status=status)
