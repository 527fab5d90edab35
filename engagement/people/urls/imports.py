from django.urls import path

from engagement.people.views import exports
from engagement.people.views import imports as views

urlpatterns = [
    path("imports/", views.list_imports, name="imports"),
    path("imports/<int:pk>/", views.detail, name="import"),
    path("imports/<int:pk>/columns/", views.choose_columns, name="import_columns"),
    path("imports/<int:pk>/same/", views.same_people, name="import_same"),
    path("imports/<int:pk>/apply/", views.apply, name="apply_import"),
    path("export.<str:form>", exports.people, name="export"),
]
