from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.people.forms.people import FindForm
from engagement.people.models import Person
from engagement.people.queries import find


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
    context = {
        "person": person,
        "affiliations": person.affiliations.select_related("organisation"),
        "consents": person.consents.all(),
    }
    return render(request, "people/detail.html", context)
