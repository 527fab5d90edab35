from django.urls import path

from engagement.people.views import organisations as views

urlpatterns = [
    path("organisations/", views.list_organisations, name="organisations"),
    path("organisations/<int:pk>/", views.detail, name="organisation"),
]
