from django.urls import path

from engagement.people.views import people as views

urlpatterns = [
    path("", views.list_people, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
]
