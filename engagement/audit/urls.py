from django.urls import path

from engagement.audit import views

app_name = "audit"
urlpatterns = [path("", views.list_entries, name="list")]
