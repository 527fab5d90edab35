"""Every view says who may use it: `@public` or `@requires("app.verb")`.

A test walks all URLs and fails where a view says nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody may."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: str) -> Callable[[View], View]:
    """Only those with `permission` may; nobody signed in is asked to sign in first.

    Raises PermissionDenied (a 403 page) for a signed-in person without it.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            check(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def check(request: HttpRequest, permission: str, on: Any = None) -> None:
    """Raises PermissionDenied unless the signed-in person has `permission` on `on`."""
    if not request.user.has_perm(permission, on):
        raise PermissionDenied


def declared(view: Any) -> str | None:
    """What a view says of who may use it, looked for under its decorators too; None
    where it says nothing."""
    while view is not None:
        if found := getattr(view, "permission", None):
            return str(found)
        view = getattr(view, "__wrapped__", None)
    return None
