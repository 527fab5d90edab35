from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.evidence import figures
from engagement.evidence.forms import UsesForm
from engagement.evidence.models import EvidenceOfUse, Finding
from engagement.studies.models import Study


@public
@require_safe
def list_evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """How a study was used, what helped, what did not, and what was recommended."""
    study = get_object_or_404(Study, slug=slug)
    form = UsesForm(request.GET)
    findings = list(study.findings.all())
    context = {
        "study": study,
        "form": form,
        "uses": _uses(study, form),
        "kinds": [
            (kind, [finding for finding in findings if finding.kind == kind])
            for kind in Finding.Kind
            if any(finding.kind == kind for finding in findings)
        ],
        "recommendations": study.recommendations.select_related("addressed_to"),
        "questions": list(figures.questions(study.published_figures.all())),
    }
    status = 422 if form.errors else 200
    return render(request, "evidence/list.html", context, status=status)


def _uses(study: Study, form: UsesForm) -> QuerySet[EvidenceOfUse]:
    """Those that fit what was chosen; all of them where the choice makes no sense."""
    uses = EvidenceOfUse.objects.filter(study=study).prefetch_related("outputs")
    return uses.chosen(**form.cleaned_data) if form.is_valid() else uses
