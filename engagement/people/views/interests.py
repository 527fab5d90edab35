from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.core.errors import Refused
from engagement.people.forms.editing import InterestForm
from engagement.people.models import Interest
from engagement.people.services import interests

form_page = require_http_methods(["GET", "HEAD", "POST"])


@requires("people.manage")
@form_page
def list_interests(request: StaffRequest) -> HttpResponse:
    """The subjects in order, how many follow each, and a form for one more."""
    form = InterestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        interests.save(by=request.user, interest=None, **form.cleaned_data)
        messages.success(request, _("The subject was added."))
        return redirect("people:interests")
    follow = Count("people", filter=Q(people__merged_into=None))
    context = {"form": form, "interests": Interest.objects.annotate(followers=follow)}
    status = 422 if form.errors else 200
    return render(request, "people/interests.html", context, status=status)


@requires("people.manage")
@form_page
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    interest = get_object_or_404(Interest, pk=pk)
    names = {"name_en": interest.name_en, "name_cy": interest.name_cy}
    form = InterestForm(posted(request), initial=names)
    if request.method == "POST" and form.is_valid():
        interests.save(by=request.user, interest=interest, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("people:interests")
    context = {"form": form, "interest": interest}
    status = 422 if form.errors else 200
    return render(request, "people/interest.html", context, status=status)


@requires("people.manage")
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        interests.remove(by=request.user, interest=get_object_or_404(Interest, pk=pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The subject was removed."))
    return redirect("people:interests")
