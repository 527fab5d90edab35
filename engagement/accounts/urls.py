"""Signing in and out. Of allauth's pages these few, under the names it knows."""

from allauth.account import views
from django.urls import path, re_path

from engagement.accounts.views import page

urlpatterns = [
    path("sign-in/", page(views.LoginView), name="account_login"),
    path("sign-out/", page(views.LogoutView), name="account_logout"),
    path("sign-in/closed/", page(views.SignupView), name="account_signup"),
    path("sign-in/inactive/", page(views.AccountInactiveView), name="account_inactive"),
    path("password/", page(views.PasswordResetView), name="account_reset_password"),
    path(
        "password/sent/",
        page(views.PasswordResetDoneView),
        name="account_reset_password_done",
    ),
    # The key has hyphens of its own: the first one ends the account.
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        page(views.PasswordResetFromKeyView),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        page(views.PasswordResetFromKeyDoneView),
        name="account_reset_password_from_key_done",
    ),
]
