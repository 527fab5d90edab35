from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from engagement.core import views as core
from engagement.core import views_sitemap

urlpatterns = [
    path("", core.to_language, name="to_language"),
    path("healthz", core.healthz, name="healthz"),
    path("sitemap.xml", views_sitemap.sitemap_xml, name="sitemap"),
    path("robots.txt", views_sitemap.robots_txt, name="robots"),
    path("", include("newsletters.urls_outside")),
    path("", include("engagement.mail.urls_outside")),
    path("", include("engagement.outputs.urls_outside")),
    path("", include("engagement.metrics.urls_outside")),
    *i18n_patterns(
        path("", include("engagement.website.urls")),
        path("account/", include("engagement.accounts.urls")),
        path("", include("engagement.events.urls_feeds")),
        path("studies/", include("newsletters.urls_studies")),
        path("studies/", include("engagement.studies.urls")),
        path("events/", include("engagement.events.urls")),
        path("groups/", include("engagement.groups.urls")),
        path("outputs/", include("engagement.outputs.urls")),
        path("evidence/", include("engagement.evidence.urls")),
        path("reports/", include("engagement.reports.urls")),
        path("", include("engagement.metrics.urls")),
        path("newsletters/", include("newsletters.urls")),
        path("mail/", include("engagement.mail.urls")),
        path("people/", include("engagement.people.urls")),
        path("audit/", include("engagement.audit.urls")),
        path("design/", core.gallery, name="gallery"),
        path("admin/", admin.site.urls),
    ),
]

handler400 = "engagement.core.views.bad_request"
handler403 = "engagement.core.views.permission_denied"
handler404 = "engagement.core.views.not_found"
handler500 = "engagement.core.views.server_error"
