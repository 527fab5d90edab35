from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engagement.accounts.requests import posted
from engagement.core import bilingual, limits
from engagement.core.access import public
from engagement.evidence import graph
from engagement.evidence.forms.telling import TellForm
from engagement.evidence.graph import Ref, Thing
from engagement.evidence.services import submissions
from engagement.evidence.views.register import form_page
from engagement.studies.models import Study

# What people come from to tell us.
PAGES = ("output", "article", "event", "study")
PER_CLIENT, PER_ADDRESS = 10, 5


@public
@form_page
def tell(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Asked, then shown to be checked, then sent: the answers travel in the page, and
    nothing is kept before they are sent."""
    page = _page(request, kind, pk)
    form = TellForm(posted(request))
    study = Study.objects.filter(pk__in=[page.study_id]).first()
    context = {"form": form, "page": page, "study": study}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "evidence/tell.html", context, status=status)
    if "send" not in request.POST:
        template = "tell" if "change" in request.POST else "tell_check"
        return render(request, f"evidence/{template}.html", context)
    if not _within(request, form.cleaned_data["email"]):
        return limits.too_many(request)
    submissions.submit(
        study=study,
        page=page.ref,
        language=bilingual.active(),
        fields=form.cleaned_data,
    )
    return redirect("evidence:told")


@public
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    return render(request, "evidence/told.html")


def _page(request: HttpRequest, kind: str, pk: int) -> Thing:
    page = graph.find(Ref(kind, pk), request.user) if kind in PAGES else None
    if page is None:
        raise Http404
    return page


def _within(request: HttpRequest, email: str) -> bool:
    client = limits.within("tell", request.META["REMOTE_ADDR"], PER_CLIENT)
    return client and (
        not email or limits.within("tell-address", email.lower(), PER_ADDRESS)
    )
