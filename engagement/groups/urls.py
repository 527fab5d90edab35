from django.urls import path

from engagement.groups.views import public, staff

app_name = "groups"
urlpatterns = [
    path("", public.list_groups, name="list"),
    path("papers/<int:pk>/", public.paper, name="paper"),
    path("manage/", staff.manage, name="manage"),
    path("manage/<slug:slug>/", staff.edit, name="edit"),
    path("manage/<slug:slug>/meeting/", staff.plan_meeting, name="plan_meeting"),
    path("meetings/<int:pk>/paper/", staff.add_paper, name="add_paper"),
    path("meetings/<int:pk>/decision/", staff.decide, name="decide"),
    path("seats/<int:pk>/fill/", staff.fill, name="fill"),
    path("memberships/<int:pk>/end/", staff.vacate, name="vacate"),
    path("<slug:slug>/", public.detail, name="detail"),
]
