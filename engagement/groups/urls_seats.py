from django.urls import path

from engagement.groups.views import (
    notices,
    representation,
    seats,
    settings,
    terms,
)

urlpatterns = [
    path("manage/new/", settings.create, name="create"),
    path("manage/<slug:slug>/", settings.edit, name="edit"),
    path("manage/<slug:slug>/seats/", seats.list_seats, name="seats"),
    path("manage/<slug:slug>/seats/new/", seats.add, name="add_seat"),
    path("manage/<slug:slug>/notices/", notices.list_notices, name="notices"),
    path("notices/<int:pk>/", notices.settle, name="settle_notice"),
    path("seats/<int:pk>/", seats.edit, name="edit_seat"),
    path("seats/<int:pk>/close/", seats.close, name="close_seat"),
    path("seats/<int:pk>/move/", seats.move, name="move_seat"),
    path("seats/<int:pk>/fill/", terms.fill, name="fill"),
    path("memberships/<int:pk>/", terms.term, name="term"),
    path("memberships/<int:pk>/end/", terms.vacate, name="vacate"),
    path("memberships/<int:pk>/take-back/", terms.take_back, name="take_back"),
    path("memberships/<int:pk>/interest/", terms.declare, name="declare_interest"),
    path("interests/<int:pk>/end/", terms.end_interest, name="end_interest"),
    path("<slug:slug>/sat/", representation.sat, name="sat"),
    path("<slug:slug>/interests/", representation.interests, name="interests"),
    path("<slug:slug>/representation/", representation.show, name="representation"),
]
