from django.urls import path

from engagement.people.views import organisations as views

urlpatterns = [
    path("organisations/", views.list_organisations, name="organisations"),
    path("organisations/new/", views.create, name="create_organisation"),
    path("organisations/<int:pk>/edit/", views.edit, name="edit_organisation"),
    path("organisations/<int:pk>/", views.detail, name="organisation"),
]
