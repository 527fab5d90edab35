from newsletters.urls import (
    checks,
    names,
    preferences,
    reading,
    sending,
    subscribers,
    writing,
)

app_name = "newsletters"
urlpatterns = [
    *reading.urlpatterns,
    *preferences.urlpatterns,
    *subscribers.urlpatterns,
    *writing.urlpatterns,
    *sending.urlpatterns,
    *checks.urlpatterns,
    *names.urlpatterns,
]
