"""allauth's pages, as pages of this site."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views import View

from engagement.core.access import public


def page(view: type[View]) -> Any:
    """The view for everybody; answers 422 where its form has errors, as all of ours."""
    handle = view.as_view()

    @wraps(handle)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = handle(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return public(shown)
