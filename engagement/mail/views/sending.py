"""The page of the check before the first send."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from engagement.core.access import requires
from engagement.mail.models import SendingCheck
from engagement.mail.services import checking
from engagement.mail.services.checks import words


@requires("mail.check_sending")
@require_http_methods(["GET", "HEAD", "POST"])
def check_sending(request: HttpRequest) -> HttpResponse:
    """What the last check found; POST asks for another."""
    if request.method == "POST":
        checking.start()
        return redirect("mail:check_sending")
    last = SendingCheck.objects.exclude(at=None).first()
    waiting = SendingCheck.objects.filter(at=None).exists()
    groups = [
        (name, [words.tell(one) for one in found])
        for name, found in groupby(_sorted(last), lambda one: words.title(one["code"]))
    ]
    context = {"last": last, "waiting": waiting, "groups": groups}
    page = "_check_sending" if request.htmx else "check_sending"  # type: ignore[attr-defined]
    return render(request, f"mail/{page}.html", context)


def _sorted(check: SendingCheck | None) -> list[dict[str, str]]:
    """As the titles stand; what was found of one keeps its order."""
    order = list(words.TITLES)
    results = check.results if check else []
    return sorted(results, key=lambda one: order.index(one["code"].partition(".")[0]))
