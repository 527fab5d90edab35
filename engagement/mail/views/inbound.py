from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.mail import registry
from engagement.mail.forms import FindForm
from engagement.mail.models import Alarm, Inbound


@requires("mail.view_inbound")
@require_safe
def list_inbound(request: HttpRequest) -> HttpResponse:
    """What came back, newest first, and the alarms of it."""
    form = FindForm(request.GET)
    context = {
        "form": form,
        "page": Paginator(form.found(), 50).get_page(request.GET.get("page")),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "alarms": Alarm.objects.open(),
    }
    status = 422 if form.errors else 200
    return render(request, "mail/inbound.html", context, status=status)


@requires("mail.view_inbound")
@require_safe
def inbound_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them with its raw text; what it brings along is never shown as a page."""
    inbound = get_object_or_404(Inbound, pk=pk)
    context = {
        "inbound": inbound,
        "raw": bytes(inbound.raw).decode("utf-8", "replace"),
        "done": [registry.outcome(code) for code in inbound.outcomes],
    }
    return render(request, "mail/inbound_message.html", context)
