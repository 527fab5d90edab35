from django.urls import path

from engagement.people.views import retention, suppressions

urlpatterns = [
    path("suppressions/", suppressions.suppressed, name="suppressions"),
    path("retention/", retention.show, name="retention"),
    path("retention/<int:pk>/hold/", retention.hold, name="hold"),
    path("retention/<int:pk>/release/", retention.release, name="release"),
]
