"""Links of mails, whichever app owns the page that they lead to."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from newsletters.services import markable, marks, readings

Handler = Callable[[HttpRequest], HttpResponse]


def follow_marks(get_response: Handler) -> Handler:
    """A link that says which mail it stood in leads on to the clean address: what is
    shown and passed on is there. Whether there is such a page is seen there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = request.method in {"GET", "HEAD"} and marks.stands_in(request)
        if asked and (match := markable.find_view(request.path_info)):
            marks.follow(request, match=match)
            return _without_mark(request)
        return get_response(request)

    return middleware


def _without_mark(request: HttpRequest) -> HttpResponse:
    rest = request.GET.copy()
    for mark in (marks.MARK, readings.MARK):
        rest.pop(mark, None)
    query = f"?{rest.urlencode()}" if rest else ""
    answer = redirect(request.path + query)
    # A program between us and the reader would count for them what it keeps.
    answer["Cache-Control"] = "no-store"
    return answer
