from django.urls import path

from engagement.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.list_caught, name="caught"),
    path("<str:name>/", views.caught_message, name="caught_message"),
    path("<str:name>/html/", views.caught_html, name="caught_html"),
]
