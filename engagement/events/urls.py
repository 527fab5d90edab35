from django.urls import path

from engagement.events.views import attendance, ending, public, registering, staff

app_name = "events"
urlpatterns = [
    path("", public.list_events, name="list"),
    path("manage/", staff.manage, name="manage"),
    path("new/", staff.create, name="create"),
    path(
        "registration/<str:token>/",
        registering.registration,
        name="registration",
    ),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/register/", registering.register, name="register"),
    path("<slug:slug>/registered/", registering.registered, name="registered"),
    path("<slug:slug>/edit/", staff.edit, name="edit"),
    path("<slug:slug>/publish/", staff.publish, name="publish"),
    path("<slug:slug>/cancel/", ending.cancel, name="cancel"),
    path("<slug:slug>/hold/", ending.hold, name="hold"),
    path("<slug:slug>/not-held/", ending.not_held, name="not_held"),
    path("<slug:slug>/attendance/", attendance.attendance, name="attendance"),
    path("<slug:slug>/export/", attendance.export, name="export"),
]
