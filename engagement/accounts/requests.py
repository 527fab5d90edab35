from django.http import HttpRequest, QueryDict

from engagement.accounts.models import User


class StaffRequest(HttpRequest):
    """A request that `requires` has let through."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; an empty POST is a POST."""
    return request.POST if request.method == "POST" else None
