"""Addresses of feeds that do not stand under /events/."""

from django.urls import path

from engagement.events.views import feeds

urlpatterns = [
    path("events.ics", feeds.all_events, name="events_ics"),
    path("events.atom", feeds.atom, name="events_atom"),
    path("studies/<slug:slug>/events.ics", feeds.study, name="study_events_ics"),
]
