from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.people import histories
from engagement.people.forms.editing import EndForm
from engagement.people.forms.people import FindForm
from engagement.people.models import Person
from engagement.people.queries import find
from engagement.people.views.histories import history


@requires("people.view")
@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    people = find(**form.cleaned_data) if form.is_valid() else Person.objects.none()
    page = Paginator(people, 50).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(
        request, "people/list.html", {"form": form, "page": page}, status=status
    )


@requires("people.view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """After a merge, the person they became part of."""
    person = get_object_or_404(Person, pk=pk)
    if person.merged_into_id:
        return redirect("people:detail", person.merged_into_id)
    context: dict[str, Any] = {
        "person": person,
        "addresses": person.addresses.all(),
        "affiliations": person.affiliations.select_related("organisation").order_by(
            F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True)
        ),
        "interests": person.interests.all(),
        "tags": person.tags.all(),
        "consents": person.consents.all(),
        "successions": person.successions.filter(settled_at=None),
        "end_form": EndForm(auto_id="end_%s"),
        **history(request, histories.of_person, person),
    }
    status = 422 if context["history_form"].errors else 200
    return render(request, "people/detail.html", context, status=status)
