from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.core.access import public
from engagement.evidence import budgets, figures, paths
from engagement.evidence.forms.listing import UsesForm
from engagement.evidence.models import EvidenceOfUse, Finding, Survey
from engagement.evidence.models.uses import EvidenceOfUseQuerySet
from engagement.studies.models import Study


@public
@require_safe
def list_evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """How a study was used, what helped, what did not, and what was recommended."""
    study = get_object_or_404(Study, slug=slug)
    form = UsesForm(request.GET)
    uses = list(_uses(study, form))
    findings = list(study.findings.all())
    context = {
        "study": study,
        "form": form,
        "uses": uses,
        "overlaps": budgets.overlaps(uses),
        "kinds": [
            (kind, [finding for finding in findings if finding.kind == kind])
            for kind in Finding.Kind
            if any(finding.kind == kind for finding in findings)
        ],
        "recommendations": study.recommendations.all(),
        "surveys": Survey.objects.published().filter(study=study),
        "questions": list(figures.questions(study.published_figures.all())),
    }
    status = 422 if form.errors else 200
    return render(request, "evidence/list.html", context, status=status)


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry; for staff also before it is public."""
    rows = EvidenceOfUse.objects.visible_to(request.user).with_everything()
    use = get_object_or_404(rows, slug=slug)
    context = {
        "use": use,
        "overlapping": _overlapping(use),
        "path": paths.of(use, request.user),
    }
    return render(request, "evidence/entry.html", context)


def _overlapping(use: EvidenceOfUse) -> EvidenceOfUseQuerySet:
    """Other public entries that may speak of the same money."""
    others = EvidenceOfUse.objects.public().exclude(pk=use.pk)
    return others.filter(overlap=use.overlap_id) if use.overlap_id else others.none()


def _uses(study: Study, form: UsesForm) -> EvidenceOfUseQuerySet:
    """Those that fit what was chosen; all of them where the choice makes no sense."""
    uses = EvidenceOfUse.objects.public().for_study(study).select_related("overlap")
    uses = uses.prefetch_related("outputs")
    return uses.chosen(**form.cleaned_data) if form.is_valid() else uses
