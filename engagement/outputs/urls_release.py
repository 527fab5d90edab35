from django.urls import path

from engagement.outputs.views import (
    pre_release,
    release_staff,
    release_steps,
    releases,
)

ONE = "releases/manage/<slug:slug>/"
urlpatterns = [
    path("releases/", releases.calendar, name="releases"),
    path("releases/calendar.ics", releases.ics, name="release_calendar"),
    path("releases/news.atom", releases.atom, name="release_news"),
    path("releases/access/<str:token>/", pre_release.read, name="pre_release"),
    path(
        "releases/access/<str:token>/files/<int:pk>/",
        pre_release.read_file,
        name="pre_release_file",
    ),
    path("releases/manage/", release_staff.manage, name="manage_releases"),
    path("releases/manage/new/", release_staff.create, name="create_release"),
    path(ONE, release_staff.prepare, name="prepare_release"),
    path(f"{ONE}edit/", release_staff.edit, name="edit_release"),
    path(
        f"{ONE}editions/<int:pk>/remove/",
        release_staff.remove_edition,
        name="remove_from_release",
    ),
    path(f"{ONE}discard/", release_staff.discard, name="discard_release"),
    path(f"{ONE}date/", release_steps.date, name="date_release"),
    path(f"{ONE}cancel/", release_steps.cancel, name="cancel_release"),
    path(f"{ONE}ask/", release_steps.ask, name="ask_release_approval"),
    path(f"{ONE}approve/", release_steps.approve, name="approve_release"),
    path(f"{ONE}publish/", release_steps.publish, name="publish_release"),
    path(f"{ONE}access/", pre_release.manage, name="pre_release_access"),
    path(
        f"{ONE}access/<int:pk>/revoke/",
        pre_release.revoke,
        name="revoke_pre_release",
    ),
    path("manage/<slug:slug>/release/", release_staff.of_output, name="release_of"),
    path("releases/<slug:slug>/", releases.release, name="release"),
]
