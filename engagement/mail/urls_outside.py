"""Addresses outside the language prefix: mail providers call them, not people."""

from django.urls import path

from engagement.mail.views import webhooks

urlpatterns = [
    path("webhooks/<slug:provider>/", webhooks.webhook, name="mail_webhook"),
]
