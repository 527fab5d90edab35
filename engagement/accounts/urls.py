"""Signing in and out. Of allauth's pages these few, under the names it knows."""

from allauth.account import views
from django.urls import path

from engagement.core.access import public

urlpatterns = [
    path("sign-in/", public(views.LoginView.as_view()), name="account_login"),
    path("sign-out/", public(views.LogoutView.as_view()), name="account_logout"),
    path("sign-in/closed/", public(views.SignupView.as_view()), name="account_signup"),
    path(
        "password/",
        public(views.PasswordResetView.as_view()),
        name="account_reset_password",
    ),
    path(
        "password/sent/",
        public(views.PasswordResetDoneView.as_view()),
        name="account_reset_password_done",
    ),
    path(
        "password/<uidb36>-<key>/",
        public(views.PasswordResetFromKeyView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/",
        public(views.PasswordResetFromKeyDoneView.as_view()),
        name="account_reset_password_from_key_done",
    ),
]
