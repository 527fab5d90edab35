"""Words sent by somebody who is no longer signed in: without a script, an ordinary form
would lose them to the page for signing in.

They wait in the session of the browser that sent them, for an hour, and are shown when
that page is opened by somebody who may edit. A form whose token against forgery does not
fit is refused before it comes here, and nothing of it is kept: anybody could have made
it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core import limits
from newsletters.models import Unsaved

KEY = "words_when_signed_out"
KEPT_FOR = timedelta(hours=1)
# Letters, of all fields: many times the longest article that was ever sent.
LONGEST = 300_000
PER_CLIENT = 60
View = Callable[..., HttpResponseBase]


def keeps_words(view: View) -> View:
    """A view with a form of the editor; stands above what asks for a permission."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_post = request.method == "POST"
        if is_post and not request.user.is_authenticated:
            _keep(request)
        try:
            answer = view(request, *args, **kwargs)
        except PermissionDenied:
            drop(request)
            raise
        if is_post and request.user.is_authenticated:
            # Saved now, or kept beside the form as whatever is refused.
            drop(request)
        return answer

    return kept


def find(request: HttpRequest, kind: str, pk: int) -> Unsaved | None:
    """What waits for this page, as if a script had kept it; not written anywhere."""
    waiting = request.session.get(KEY)
    if waiting is None or waiting["page"] != _page(request):
        return None
    at = datetime.fromisoformat(waiting["at"])
    if timezone.now() - at > KEPT_FOR:
        return None
    fields = dict(waiting["fields"])
    seen = fields.pop("seen", "")
    return Unsaved(target_kind=kind, target_id=pk, seen=seen, fields=fields, at=at)


def drop(request: HttpRequest) -> None:
    """A session without such words is not written."""
    if KEY in request.session:
        del request.session[KEY]


def _keep(request: HttpRequest) -> None:
    fields = {
        name: str(text)
        for name, text in request.POST.items()
        if name != "csrfmiddlewaretoken"
    }
    if not any(text.strip() for text in fields.values()):
        return
    letters = sum(len(name) + len(text) for name, text in fields.items())
    client = request.META["REMOTE_ADDR"]
    if letters > LONGEST or not limits.within("signed-out", client, PER_CLIENT):
        messages.error(
            request,
            _(
                "You are signed out, and what you sent could not be kept. Go back in your "
                "browser and copy your words before you sign in."
            ),
        )
        return
    request.session[KEY] = {
        "page": _page(request),
        "at": timezone.now().isoformat(),
        "fields": fields,
    }
    request.session.set_expiry(KEPT_FOR)
    messages.info(
        request,
        _(
            "You are signed out. What you wrote is kept for an hour: sign in to save it."
        ),
    )


def _page(request: HttpRequest) -> str:
    """The same in either language."""
    match = request.resolver_match
    return f"{match.view_name} {sorted(match.kwargs.items())}" if match else ""
