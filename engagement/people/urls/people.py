from django.urls import path

from engagement.people.views import editing, interests, subjects
from engagement.people.views import people as views

urlpatterns = [
    path("", views.list_people, name="list"),
    path("new/", editing.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/addresses/", editing.add_address, name="add_address"),
    path(
        "<int:pk>/addresses/<int:address>/",
        editing.change_address,
        name="change_address",
    ),
    path("<int:pk>/posts/", editing.add_post, name="add_post"),
    path("<int:pk>/posts/<int:post>/end/", editing.end_post, name="end_post"),
    path("<int:pk>/everything/", subjects.everything, name="everything"),
    path("<int:pk>/erase/", subjects.erase, name="erase"),
    path("successors/<int:pk>/settle/", editing.settle, name="settle"),
    path("interests/", interests.list_interests, name="interests"),
    path("interests/<int:pk>/", interests.edit, name="interest"),
    path("interests/<int:pk>/remove/", interests.remove, name="remove_interest"),
]
