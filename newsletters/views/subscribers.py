"""Who gets a newsletter, and adding those who agreed elsewhere."""

from uuid import uuid4

from django.contrib import messages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from engagement.accounts.requests import StaffRequest, posted
from engagement.core import tokens, uploads
from engagement.core.access import requires
from engagement.core.errors import Refused
from newsletters.forms.imports import ImportForm
from newsletters.forms.preferences import EnterForm
from newsletters.models import Newsletter
from newsletters.services import imports, subscriptions

manage_only = requires("newsletters.manage")
KEPT = "import-subscribers"
SHOWN = 50
STATES = {
    "in_force": gettext_lazy("Get it"),
    "waiting": gettext_lazy("Have not confirmed"),
    "withdrawn": gettext_lazy("Do not want it any more"),
    "stopped": gettext_lazy("Agreed, but are never written to"),
}


@manage_only
@require_safe
def subscribers(request: StaffRequest, slug: str) -> HttpResponse:
    """Who gets it, and with `show` those who asked for it and do not."""
    newsletter = get_object_or_404(Newsletter, slug=slug)
    asked = request.GET.get("show", "in_force")
    show = asked if asked in STATES else "in_force"
    all_rows = newsletter.subscriptions.filter(person__merged_into=None)
    rows = all_rows.by_state(show).with_sector().with_since().select_related("person")
    page = Paginator(rows.order_by("person__name", "pk"), 50)
    context = {
        "newsletter": newsletter,
        "page": page.get_page(request.GET.get("page")),
        "show": show,
        "states": [
            (key, label, all_rows.by_state(key).count())
            for key, label in STATES.items()
        ],
    }
    return render(request, "newsletters/subscribers.html", context)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest, slug: str) -> HttpResponse:
    """A consent or a withdrawal that did not come by the site."""
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form = EnterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            subscriptions.enter(
                by=request.user, newsletter=newsletter, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("newsletters:subscribers", slug)
    context = {"newsletter": newsletter, "form": form}
    status = 422 if form.errors else 200
    return render(request, "newsletters/enter.html", context, status=status)


@manage_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_subscribers(request: StaffRequest, slug: str) -> HttpResponse:
    """Reads the file and shows what would happen; nothing happens yet."""
    newsletter = get_object_or_404(Newsletter, slug=slug)
    form = ImportForm(posted(request), request.FILES or None)
    context: dict[str, object] = {"newsletter": newsletter, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            plan = imports.plan(newsletter=newsletter, content=content, name=file.name)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            context |= {"plan": plan, "bad": plan.bad[:SHOWN], "new": plan.new[:SHOWN]}
            if not plan.bad:
                context["token"] = _keep(newsletter, content, form)
    status = 422 if form.errors or context.get("bad") else 200
    return render(request, "newsletters/import.html", context, status=status)


@manage_only
@require_POST
def apply_import(request: StaffRequest, slug: str) -> HttpResponse:
    """The file that was shown, whole or not at all."""
    newsletter = get_object_or_404(Newsletter, slug=slug)
    try:
        kept = tokens.read(KEPT, request.POST.get("token", ""))
        if kept["newsletter"] != slug or not default_storage.exists(kept["file"]):
            raise tokens.BadToken(_("This import is done already, or is too old."))
        with default_storage.open(kept["file"]) as file:
            result = imports.apply(
                by=request.user,
                newsletter=newsletter,
                content=file.read(),
                name=kept["file"],
                evidence=kept["evidence"],
            )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("newsletters:import_subscribers", slug)
    default_storage.delete(kept["file"])
    messages.success(
        request, _("New subscribers: %(number)s") % {"number": len(result.new)}
    )
    return redirect("newsletters:subscribers", slug)


def _keep(newsletter: Newsletter, content: bytes, form: ImportForm) -> str:
    ending = uploads.extension(form.cleaned_data["file"].name)
    name = default_storage.save(f"imports/{uuid4().hex}.{ending}", ContentFile(content))
    return tokens.make(
        KEPT,
        {
            "file": name,
            "newsletter": newsletter.slug,
            "evidence": form.cleaned_data["evidence"],
        },
    )
