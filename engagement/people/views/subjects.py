"""A person asked, by telephone or by letter, for what is held on them, or to be erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people.models import Person
from engagement.people.services import access, erasure


@requires("people.manage")
@require_POST
def everything(request: StaffRequest, pk: int) -> HttpResponse:
    """The file that the person could fetch themselves."""
    person = get_object_or_404(Person.objects.current(), pk=pk)
    file = access.export(by=request.user, person=person)
    answer = HttpResponse(file, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="dolen-{pk}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.current(), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            erasure.erase(by=request.user, person=person)
        except Refused as error:
            refused = str(error)
        else:
            messages.success(request, _("The person was erased."))
            return redirect("people:list")
    context = {"person": person, "refused": refused}
    status = 422 if refused else 200
    return render(request, "people/erase.html", context, status=status)
