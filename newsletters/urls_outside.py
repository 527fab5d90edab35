"""Addresses outside the language prefix: mail programs call them, not people."""

from django.urls import path

from newsletters.views import picture_files, subscribing

urlpatterns = [
    path(
        "unsubscribe/<str:token>/", subscribing.one_click, name="unsubscribe_one_click"
    ),
    path(
        "pictures/<int:pk>/<slug:key>/",
        picture_files.picture,
        name="newsletter_picture",
    ),
    path(
        "mastheads/<int:pk>/<slug:key>/",
        picture_files.masthead,
        name="newsletter_masthead",
    ),
]
