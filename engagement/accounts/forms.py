from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail address"),
            widget=forms.EmailInput({"autocomplete": "username", "maxlength": "254"}),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address like name@example.org."),
            },
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            widget=forms.PasswordInput({"autocomplete": "current-password"}),
            error_messages={"required": _("Enter your password.")},
        )
        self.fields.pop("remember", None)


class ForgottenForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"),
            widget=forms.EmailInput({"autocomplete": "username"}),
            error_messages={
                "required": _("Enter your e-mail address."),
                "invalid": _("Enter an e-mail address like name@example.org."),
            },
        )


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
            field.error_messages["required"] = _("Enter a password.")
