from django.urls import path

from engagement.people.views import suppressions

urlpatterns = [
    path("suppressions/", suppressions.suppressed, name="suppressions"),
]
