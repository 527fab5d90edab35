from django.urls import path

from engagement.evidence import urls_figures, urls_register
from engagement.evidence.views import public

app_name = "evidence"
urlpatterns = [
    *urls_register.urlpatterns,
    *urls_figures.urlpatterns,
    path("<slug:slug>/", public.list_evidence, name="list"),
]
