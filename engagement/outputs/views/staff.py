from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
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
from engagement.outputs import queries
from engagement.outputs.forms import FileForm
from engagement.outputs.models import File, Output
from engagement.outputs.output_form import OutputForm
from engagement.outputs.services import files, outputs, readiness

manage_only = requires("outputs.manage")


@manage_only
@require_safe
def manage(request: StaffRequest) -> HttpResponse:
    """Every output, drafts included, with its downloads."""
    found = Output.objects.by_status().select_related("study").with_file_count()
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    downloads = queries.all_downloads(page)
    rows = [(output, downloads.get(output.pk)) for output in page]
    return render(request, "outputs/manage.html", {"page": page, "rows": rows})


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    form = OutputForm(posted(request))
    if request.method == "POST" and form.is_valid():
        output = outputs.create(by=request.user, fields=form.cleaned_data)
        messages.success(request, _("The draft is saved. Now add its files."))
        return redirect("outputs:edit", output.slug)
    status = 422 if form.errors else 200
    return render(request, "outputs/edit.html", {"form": form}, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    output = get_object_or_404(Output, slug=slug)
    form = OutputForm(posted(request), instance=output)
    if request.method == "POST" and form.is_valid():
        try:
            outputs.update(by=request.user, output=output, fields=form.cleaned_data)
        except readiness.NotReady as refused:
            for missing in refused.missing:
                form.add_error(None, missing)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("outputs:edit", slug)
    return _edit_page(request, output, form, FileForm())


@manage_only
@require_POST
def add_file(request: StaffRequest, slug: str) -> HttpResponse:
    output = get_object_or_404(Output, slug=slug)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        files.add(by=request.user, output=output, **form.cleaned_data)
        messages.success(request, _("The file is added."))
        return redirect("outputs:edit", slug)
    return _edit_page(request, output, OutputForm(instance=output), form)


@manage_only
@require_POST
def remove_file(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    found = File.objects.select_related("edition")
    file = get_object_or_404(found, pk=pk, edition__output__slug=slug)
    try:
        files.remove(by=request.user, file=file)
        messages.success(request, _("The file is removed."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("outputs:edit", slug)


@manage_only
@require_POST
def plan(request: StaffRequest, slug: str) -> HttpResponse:
    output = get_object_or_404(Output, slug=slug)
    try:
        outputs.plan(by=request.user, output=output)
        messages.success(request, _("The output is planned."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("outputs:edit", slug)


def _edit_page(
    request: StaffRequest, output: Output, form: OutputForm, file_form: FileForm
) -> HttpResponse:
    context = {
        "output": output,
        "form": form,
        "file_form": file_form,
        "editions": output.editions.prefetch_related("files"),
        "newest": output.editions.current().first(),
        "obstacles": readiness.obstacles(output),
    }
    status = 422 if form.errors or file_form.errors else 200
    return render(request, "outputs/edit.html", context, status=status)
