from django.urls import path

from engagement.evidence import views

app_name = "evidence"
urlpatterns = [path("<slug:slug>/", views.list_evidence, name="list")]
