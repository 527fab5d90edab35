"""What the secretary of a group must see to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.requests import StaffRequest, posted
from engagement.core.access import requires
from engagement.groups import telling
from engagement.groups.forms_seats import SettleForm
from engagement.groups.models import Group, Notice
from engagement.groups.services import notices

manage_only = requires("groups.manage")
SETTLED = 20


@manage_only
@require_safe
def list_notices(request: StaffRequest, slug: str) -> HttpResponse:
    """Those that are open, and the last that were settled."""
    group = get_object_or_404(Group.objects.select_related("study"), slug=slug)
    rows = group.notices.select_related("group__study", "settled_by")
    settled = rows.exclude(settled_at=None).order_by("-settled_at", "-pk")
    context = {
        "group": group,
        "told": telling.tell(rows.open()),
        "settled": telling.tell(settled[:SETTLED]),
    }
    return render(request, "groups/notices.html", context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    rows = Notice.objects.select_related("group__study")
    notice = get_object_or_404(rows, pk=pk)
    form = SettleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        notices.settle(by=request.user, notice=notice, **form.cleaned_data)
        messages.success(request, _("The notice is settled."))
        return redirect("groups:notices", notice.group.slug)
    context = {"form": form, "told": telling.tell([notice])[0]}
    status = 422 if form.errors else 200
    return render(request, "groups/settle_notice.html", context, status=status)
