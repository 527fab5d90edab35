from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import limits
from engagement.core.access import public, requires
from engagement.core.errors import Refused
from engagement.studies.forms import (
    AnswerForm,
    AskForm,
    AssignForm,
    FindForm,
    RecordForm,
)
from engagement.studies.models import Enquiry, Study
from engagement.studies.services import enquiries

PER_ADDRESS, PER_CLIENT = 5, 20
form_page = require_http_methods(["GET", "HEAD", "POST"])
manage_only = requires("studies.manage_enquiries")


@public
@form_page
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    study = get_object_or_404(Study, slug=slug)
    form = AskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        client = request.META["REMOTE_ADDR"]
        if not (
            limits.within("ask", form.cleaned_data["email"].lower(), PER_ADDRESS)
            and limits.within("ask-client", client, PER_CLIENT)
        ):
            return limits.too_many(request)
        enquiries.ask(study=study, **form.cleaned_data)
        return render(request, "studies/asked.html", {"study": study})
    status = 422 if form.errors else 200
    return render(
        request, "studies/ask.html", {"study": study, "form": form}, status=status
    )


@manage_only
@require_safe
def list_enquiries(request: HttpRequest) -> HttpResponse:
    """Open ones first, the oldest of them on top."""
    form = FindForm(request.GET)
    rows = Enquiry.objects.select_related("study", "person", "owner").open_first()
    if form.is_valid():
        rows = rows.matching(**form.cleaned_data)
    context = {
        "form": form,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "speed": enquiries.speed(enquiries.lately(Enquiry.objects.all())),
        "open": Enquiry.objects.open().count(),
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "studies/enquiries.html", context, status=status)


@manage_only
@form_page
def record(request: StaffRequest) -> HttpResponse:
    form = RecordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        enquiry = enquiries.record(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("studies:enquiry", enquiry.pk)
    status = 422 if form.errors else 200
    return render(request, "studies/record_enquiry.html", {"form": form}, status=status)


@manage_only
@form_page
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One of them; answering it."""
    rows = Enquiry.objects.select_related("study", "person", "owner")
    enquiry = get_object_or_404(rows, pk=pk)
    form = AnswerForm(posted(request), initial={"answer": enquiry.answer})
    if request.method == "POST" and form.is_valid():
        try:
            enquiries.answer(
                by=request.user,
                enquiry=enquiry,
                answered_on=enquiry.answered_on or timezone.localdate(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error("send", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("studies:enquiry", pk)
    context = {
        "enquiry": enquiry,
        "form": form,
        "assign": AssignForm(initial={"owner": enquiry.owner_id}, prefix="assign"),
    }
    status = 422 if form.errors else 200
    return render(request, "studies/enquiry.html", context, status=status)


@manage_only
@require_POST
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    enquiry = get_object_or_404(Enquiry, pk=pk)
    form = AssignForm(request.POST, prefix="assign")
    if form.is_valid():
        enquiries.assign(by=request.user, enquiry=enquiry, **form.cleaned_data)
        messages.success(request, _("Saved."))
    return redirect("studies:enquiry", pk)
