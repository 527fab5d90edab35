from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.bilingual import active
from engagement.mail.services import messages

# By the code of Django's own errors, which have no Welsh.
PASSWORD_PROBLEMS = {
    "password_too_short": _("The password must have at least 8 characters."),
    "password_too_common": _("Many people use this password. Choose another."),
    "password_too_similar": _("The password is too much like your name or address."),
}


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Try again in a few minutes."),
        "account_inactive": _("This account is closed. Ask the administrator."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make accounts; nobody signs up."""
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The password, if it is good enough. Raises ValidationError, in both languages."""
        try:
            checked: str = super().clean_password(password, user)
        except ValidationError as error:
            raise ValidationError(
                [PASSWORD_PROBLEMS.get(e.code or "", e) for e in error.error_list]
            ) from error
        return checked

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Where the mail leads: never to the host a request happened to name."""
        name = "account_reset_password_from_key"
        account, _hyphen, rest = key.partition("-")
        path = reverse(name, kwargs={"uidb36": account, "key": rest})
        return f"{settings.SITE_URL}{path}"

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
