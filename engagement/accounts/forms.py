from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.fields import NO_NUL


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "username", "maxlength": "254"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.org."),
            **NO_NUL,
        },
    )


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _email()
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "current-password"}),
            error_messages={"required": _("Enter your password."), **NO_NUL},
        )


class ForgottenForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email()


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("password1", _("New password")),
            ("password2", _("New password again")),
        ):
            field = self.fields[name]
            field.label = label
            field.widget = forms.PasswordInput({"autocomplete": "new-password"})
            field.error_messages |= {"required": _("Enter a password."), **NO_NUL}
        self.fields["password1"].help_text = _(
            "At least 8 characters. Three words that do not belong together are good."
        )

    def clean(self) -> dict[str, Any]:
        """As allauth does, whose own message has no Welsh."""
        fields: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = fields.get("password1"), fields.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Type the same password twice."))
        return fields
