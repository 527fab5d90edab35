from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.evidence import figures
from engagement.evidence.models import Finding
from engagement.studies.models import Study


@public
@require_safe
def list_evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """How a study was used, what helped, what did not, and what was recommended."""
    study = get_object_or_404(Study, slug=slug)
    findings = list(study.findings.all())
    context = {
        "study": study,
        "uses": study.uses.select_related("organisation"),
        "kinds": [
            (kind, [finding for finding in findings if finding.kind == kind])
            for kind in Finding.Kind
        ],
        "recommendations": study.recommendations.select_related("addressed_to"),
        "questions": list(figures.questions(study.published_figures.all())),
    }
    return render(request, "evidence/list.html", context)
