"""Addresses outside the language prefix: mail programs call them, not people."""

from django.urls import path

from newsletters.views import pictures, subscribing

urlpatterns = [
    path(
        "unsubscribe/<str:token>/", subscribing.one_click, name="unsubscribe_one_click"
    ),
    path("pictures/<int:pk>/<slug:key>/", pictures.picture, name="newsletter_picture"),
    path(
        "mastheads/<int:pk>/<slug:key>/", pictures.masthead, name="newsletter_masthead"
    ),
]
