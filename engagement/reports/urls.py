from django.urls import path, re_path

from engagement.reports.views import awareness, dashboard, funnel, made

FORM = r"(?P<form>xlsx|csv|json)"
app_name = "reports"
urlpatterns = [
    path("", dashboard.index, name="index"),
    path("made/<int:pk>/", made.detail, name="report"),
    path("made/<int:pk>/again/", made.again, name="again"),
    path("made/<int:pk>/<str:lang>.pdf", made.file, name="report_file"),
    re_path(rf"^made/(?P<pk>[0-9]+)/{FORM}/$", made.export, name="export_report"),
    path("<slug:slug>/", dashboard.show, name="dashboard"),
    re_path(
        rf"^(?P<slug>[-a-zA-Z0-9_]+)/export/{FORM}/$", dashboard.export, name="export"
    ),
    path("<slug:slug>/funnel/", funnel.show, name="funnel"),
    re_path(
        rf"^(?P<slug>[-a-zA-Z0-9_]+)/funnel/export/{FORM}/$",
        funnel.export,
        name="export_funnel",
    ),
    path("<slug:slug>/awareness/", awareness.show, name="awareness"),
    path("<slug:slug>/reports/", made.list_reports, name="list"),
    path("<slug:slug>/reports/ask/", made.ask, name="ask"),
    path("<slug:slug>/reports/compare/", made.compare, name="compare"),
]
