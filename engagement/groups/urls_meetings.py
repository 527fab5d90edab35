"""Meetings: agenda, minutes, decisions and actions."""

from django.urls import path

from engagement.groups.views import actions, agenda, decisions, meetings, minutes

urlpatterns = [
    path("decisions/", decisions.search, name="decisions"),
    path("decisions/<int:pk>/redact/", decisions.redact, name="redact_decision"),
    path("actions/", actions.list_all, name="actions"),
    path("actions/<int:pk>/", actions.edit, name="action"),
    path("actions/<int:pk>/settle/", actions.settle, name="settle_action"),
    path("actions/<int:pk>/reopen/", actions.reopen, name="reopen_action"),
    path("owed/<str:token>/", actions.report, name="action_done"),
    path("meetings/<int:pk>/", meetings.detail, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.edit, name="edit_meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/send/", meetings.send, name="send_papers"),
    path("meetings/<int:pk>/item/", agenda.add, name="add_item"),
    path("meetings/<int:pk>/action/", actions.add, name="add_action"),
    path("items/<int:pk>/", agenda.edit, name="edit_item"),
    path("items/<int:pk>/move/", agenda.move, name="move_item"),
    path("items/<int:pk>/remove/", agenda.remove, name="remove_item"),
    path("items/<int:pk>/minutes/", minutes.write, name="write_minutes"),
    path("meetings/<int:pk>/minutes/send/", minutes.send, name="send_minutes"),
    path(
        "meetings/<int:pk>/minutes/back/", minutes.take_back, name="take_minutes_back"
    ),
    path("meetings/<int:pk>/minutes/approve/", minutes.approve, name="approve_minutes"),
    path("meetings/<int:pk>/minutes/note/", minutes.note, name="note_minutes"),
]
