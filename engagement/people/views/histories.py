from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from engagement.people.forms.organisations import HistoryForm
from engagement.people.models import Person
from engagement.people.registry import Happening


def history(
    request: HttpRequest, of: Callable[..., list[Happening]], whose: Any
) -> dict[str, Any]:
    """What a page about `whose` shows of their history: a form and a page of lines."""
    form = HistoryForm(request.GET)
    found = of(whose, about=form.cleaned_data["about"]) if form.is_valid() else []
    page: Page[Happening] = Paginator(found, 25).get_page(request.GET.get("page"))
    names = Person.objects.in_bulk({one.person_id for one in page})
    return {
        "history_form": form,
        "page": page,
        "lines": [(one, names.get(one.person_id)) for one in page],
    }
