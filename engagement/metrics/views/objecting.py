from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.core.access import public
from engagement.metrics.forms import ObjectionForm
from engagement.metrics.services import objections


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest) -> HttpResponse:
    """Not to be counted, or to be counted again. The browser remembers it; nothing is
    written down here of who objects."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = redirect("metrics:objection")
        if form.cleaned_data["count"]:
            objections.take_back(answer)
            messages.success(request, _("Visits from this browser are counted again."))
        else:
            objections.keep(answer)
            messages.success(request, _("Visits from this browser are not counted."))
        return answer
    context = {
        "objects": objections.by_cookie(request),
        "by_browser": objections.by_browser(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "metrics/objection.html", context, status=status)
