from django.urls import path

from engagement.studies import urls_progress, urls_standing
from engagement.studies.views import enquiries, glossary, public, rows

app_name = "studies"
urlpatterns = [
    *urls_standing.urlpatterns,
    path("", public.list_studies, name="list"),
    path("enquiries/", enquiries.list_enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.record, name="record_enquiry"),
    path("enquiries/<int:pk>/", enquiries.detail, name="enquiry"),
    path("enquiries/<int:pk>/assign/", enquiries.assign, name="assign_enquiry"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/ask/", enquiries.ask, name="ask"),
    path("<slug:slug>/glossary/", glossary.show, name="glossary"),
    path("<slug:slug>/glossary/new/", glossary.add, name="add_term"),
    path("<slug:slug>/glossary/<int:pk>/", glossary.edit, name="edit_term"),
    path("<slug:slug>/glossary/<int:pk>/remove/", glossary.remove, name="remove_term"),
    path("<slug:slug>/metrics/", public.metrics, name="metrics"),
    path("<slug:slug>/metrics.pdf", public.metrics_pdf, name="metrics_pdf"),
    path("<slug:slug>/figures/<slug:key>/", rows.show, name="rows"),
    path("<slug:slug>/figures/<slug:key>/rows.csv", rows.export, name="rows_csv"),
    *urls_progress.urlpatterns,
]
