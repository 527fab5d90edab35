from django.urls import path

from engagement.groups import (
    urls_meetings,
    urls_member,
    urls_pack,
    urls_review,
    urls_seats,
)
from engagement.groups.views import public, staff

app_name = "groups"
urlpatterns = [
    *urls_seats.urlpatterns,
    path("", public.list_groups, name="list"),
    *urls_member.urlpatterns,
    path("papers/<int:pk>/", public.paper, name="paper"),
    path("manage/", staff.manage, name="manage"),
    path("manage/<slug:slug>/meeting/", staff.plan_meeting, name="plan_meeting"),
    path("meetings/<int:pk>/paper/", staff.add_paper, name="add_paper"),
    path("meetings/<int:pk>/decision/", staff.decide, name="decide"),
    *urls_meetings.urlpatterns,
    *urls_pack.urlpatterns,
    *urls_review.urlpatterns,
    path("<slug:slug>/", public.detail, name="detail"),
]
