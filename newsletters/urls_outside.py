"""Addresses outside the language prefix: mail programs call them, not people."""

from django.urls import path

from newsletters.views import mail_pictures, opening, subscribing

urlpatterns = [
    path(
        "unsubscribe/<str:token>/", subscribing.one_click, name="unsubscribe_one_click"
    ),
    path("opened/", opening.opened, name="newsletter_opened"),
    path("charts/<str:code>/", mail_pictures.chart, name="newsletter_chart"),
    path(
        "pictures/<slug:key>/<path:name>",
        mail_pictures.picture,
        name="newsletter_picture",
    ),
]
