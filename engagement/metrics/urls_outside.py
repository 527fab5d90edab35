"""Addresses outside the language prefix: those of COUNTER's API, which programs ask."""

from django.urls import path

from engagement.metrics.views import counter

urlpatterns = [
    path("r51/status", counter.status, name="counter_status"),
    path("r51/members", counter.members, name="counter_members"),
    path("r51/reports", counter.list_reports, name="counter_reports"),
    path("r51/reports/<slug:name>", counter.report, name="counter_report"),
]
