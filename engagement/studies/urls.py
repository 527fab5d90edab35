from django.urls import path

from engagement.studies.views import enquiries, public

app_name = "studies"
urlpatterns = [
    path("", public.list_studies, name="list"),
    path("enquiries/", enquiries.list_enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.record, name="record_enquiry"),
    path("enquiries/<int:pk>/", enquiries.detail, name="enquiry"),
    path("enquiries/<int:pk>/assign/", enquiries.assign, name="assign_enquiry"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/ask/", enquiries.ask, name="ask"),
    path("<slug:slug>/metrics/", public.metrics, name="metrics"),
    path("<slug:slug>/metrics.pdf", public.metrics_pdf, name="metrics_pdf"),
]
