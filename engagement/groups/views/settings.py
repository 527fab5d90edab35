"""A group, and what is settled about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.groups.forms_seats import GroupForm
from engagement.groups.models import Group
from engagement.groups.services import groups

manage_only = requires("groups.manage")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@manage_only
@form_page
def create(request: StaffRequest) -> HttpResponse:
    form = GroupForm(posted(request))
    if request.method == "POST" and form.is_valid():
        group = groups.create(by=request.user, fields=form.cleaned_data)
        messages.success(request, _("The group is there. Now add its seats."))
        return redirect("groups:seats", group.slug)
    status = 422 if form.errors else 200
    return render(request, "groups/edit.html", {"form": form}, status=status)


@manage_only
@form_page
def edit(request: StaffRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group, slug=slug)
    form = GroupForm(posted(request), instance=group)
    if request.method == "POST" and form.is_valid():
        try:
            groups.update(by=request.user, group=group, fields=form.cleaned_data)
        except groups.Circle as refused:
            form.add_error("parent", str(refused))
        except groups.Numbered as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(group)
    context = {"form": form, "group": group}
    status = 422 if form.errors else 200
    return render(request, "groups/edit.html", context, status=status)
