from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.access import requires
from engagement.mail.services import accounts, standing


@requires("mail.manage_accounts")
@require_safe
def list_accounts(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any]
    try:
        context = {"standings": standing.of_all()}
    except accounts.BadAccount as error:
        # It says what is wrong, and never a password.
        context = {"problem": str(error)}
    return render(request, "mail/accounts.html", context)
