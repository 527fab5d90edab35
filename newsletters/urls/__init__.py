from newsletters.urls import (
    names,
    preferences,
    preview,
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
    *preview.urlpatterns,
    *sending.urlpatterns,
    *names.urlpatterns,
]
