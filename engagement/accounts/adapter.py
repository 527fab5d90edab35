from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.bilingual import active
from engagement.mail.services import messages


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Try again in a few minutes."),
        "account_inactive": _("This account is closed. Ask the administrator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make accounts; nobody signs up."""
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Through engagement.mail, like every mail; only the reset of a password."""
        if template_prefix.endswith("password_reset_key"):
            messages.send(
                kind="password_reset",
                to=email,
                language=active(),
                context={"url": context["password_reset_url"]},
            )
