"""Addresses of what counts: the figure checker and surveys."""

from django.urls import path

from engagement.evidence.views import checker, surveys

urlpatterns = [
    path("check/", checker.check, name="check"),
    path("surveys/", surveys.list_surveys, name="surveys"),
    path("surveys/<slug:slug>/", surveys.detail, name="survey"),
    path("surveys/<slug:slug>/publish/", surveys.publish, name="publish_survey"),
    path("surveys/<slug:slug>/discard/", surveys.discard, name="discard_survey"),
]
