from django.urls import path

from engagement.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_people, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
]
