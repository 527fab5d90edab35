from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.core.spreadsheets import TYPES
from engagement.people.forms.people import FindForm
from engagement.people.queries import find
from engagement.people.services import exporting


@requires("people.manage")
@require_safe
def people(request: HttpRequest, form: str) -> HttpResponse:
    """Those that the list shows, as a file."""
    if form not in TYPES:
        raise Http404
    asked = FindForm(request.GET)
    if not asked.is_valid():
        context = {"form": asked, "page": None}
        return render(request, "people/list.html", context, status=422)
    content = exporting.export(
        by=request.user, people=find(**asked.cleaned_data), form=form
    )
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="people.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
