from django.urls import path

from engagement.people.views import merging as views

urlpatterns = [
    path("merging/", views.list_duplicates, name="merging"),
    path("merging/<int:pk>/undo/", views.undo, name="undo_merge"),
    path("merging/<str:kind>/<int:pk>/", views.choose, name="merge_choose"),
    path("merging/<str:kind>/<int:kept>/<int:merged>/", views.compare, name="merge"),
    path(
        "merging/<str:kind>/<int:one>/<int:other>/different/",
        views.different,
        name="not_the_same",
    ),
]
