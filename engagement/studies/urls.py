from django.urls import path

from engagement.studies import views

app_name = "studies"
urlpatterns = [
    path("", views.list_studies, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/metrics/", views.metrics, name="metrics"),
    path("<slug:slug>/metrics.pdf", views.metrics_pdf, name="metrics_pdf"),
]
