from django.urls import path

from engagement.outputs.views import public, staff

app_name = "outputs"
urlpatterns = [
    path("", public.list_outputs, name="list"),
    path("files/<int:pk>/", public.download, name="download"),
    path("manage/", staff.manage, name="manage"),
    path("manage/new/", staff.create, name="create"),
    path("manage/<slug:slug>/", staff.edit, name="edit"),
    path("manage/<slug:slug>/files/", staff.add_file, name="add_file"),
    path(
        "manage/<slug:slug>/files/<int:pk>/remove/",
        staff.remove_file,
        name="remove_file",
    ),
    path("manage/<slug:slug>/plan/", staff.plan, name="plan"),
    path("manage/<slug:slug>/publish/", staff.publish, name="publish"),
    path("<slug:slug>/", public.detail, name="detail"),
]
