from newsletters.urls import (
    names,
    planning,
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
    *planning.urlpatterns,
    *names.urlpatterns,
]
