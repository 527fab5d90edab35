from django.urls import path

from engagement.outputs import urls_catalogue, urls_found, urls_release
from engagement.outputs.views import downloads, finding, materials, public, staff

app_name = "outputs"
urlpatterns = [
    path("", finding.list_outputs, name="list"),
    *urls_release.urlpatterns,
    path("files/<int:pk>/", downloads.download, name="download"),
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
    path("manage/events/<slug:slug>/", materials.materials, name="materials"),
    path(
        "manage/events/<slug:slug>/<int:pk>/move/",
        materials.move,
        name="move_material",
    ),
    path(
        "manage/events/<slug:slug>/<int:pk>/remove/",
        materials.remove,
        name="remove_material",
    ),
    *urls_catalogue.urlpatterns,
    *urls_found.urlpatterns,
    path("<slug:slug>/", public.detail, name="detail"),
]
