"""How many know of a study, beside others, for whoever may see its dashboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.evidence import awareness
from engagement.metrics import disclosure
from engagement.reports import pages
from engagement.reports.parts import awareness as parts
from engagement.reports.views import dashboard
from engagement.studies.models import Study


@requires("accounts.sign_in")
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """From the latest published survey that asked about each."""
    study = dashboard.find(request, slug)
    studies = list(Study.objects.all())
    known = awareness.known()
    table = parts.table(
        study, studies, known, fewest=disclosure.threshold(public=False)
    )
    context = {
        "study": study,
        "shown": pages.shown(table),
        "surveys": list(dict.fromkeys(one.survey for one in known.values())),
        "unasked": [one for one in studies if one.slug not in known],
    }
    return render(request, "reports/awareness.html", context)
