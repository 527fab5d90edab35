from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.core import pdf
from engagement.core.access import public, requires
from engagement.core.bilingual import active
from engagement.metrics import presentation
from engagement.metrics.services import readership
from engagement.studies.models import Study


@public
@require_safe
def list_studies(request: HttpRequest) -> HttpResponse:
    return render(request, "studies/list.html", {"studies": Study.objects.all()})


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    study = _study(slug)
    milestones = study.milestones.all()
    owners = study.ownerships.on(timezone.localdate()).exclude(post_en="", post_cy="")
    context = {"study": study, "milestones": milestones, "owners": owners}
    return render(request, "studies/detail.html", context)


@requires("studies.view_metrics")
@require_safe
def metrics(request: HttpRequest, slug: str) -> HttpResponse:
    """Every registered metric of the study, with its base and what it means."""
    may_see_rows = request.user.has_perms(["metrics.see_rows", "people.view"])
    context = {**_figures(_study(slug)), "may_see_rows": may_see_rows}
    return render(request, "studies/metrics.html", context)


@requires("studies.view_metrics")
@require_safe
def metrics_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, to take to the steering group."""
    study = _study(slug)
    try:
        file = pdf.render("studies/metrics_pdf.html", _figures(study))
    except pdf.NoPdf as refused:
        messages.error(request, str(refused))
        return redirect("studies:metrics", slug)
    name = f"{study.slug}-metrics-{active()}-{timezone.localdate():%Y-%m-%d}.pdf"
    return HttpResponse(
        file,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _study(slug: str) -> Study:
    return get_object_or_404(Study.objects.select_related("owner"), slug=slug)


def _figures(study: Study) -> dict[str, object]:
    figures = presentation.figures(study.pk)
    return {
        "study": study,
        "lang": active(),
        "figures": figures,
        "hides": any(figure.hides for figure in figures),
        "has_synthetic": bool(settings.MAIL_CATCHER_DIR),
        "now": timezone.now(),
        "counted_until": readership.until(),
    }
