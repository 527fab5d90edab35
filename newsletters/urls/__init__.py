from newsletters.urls import (
    editor,
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
    *editor.urlpatterns,
    *sending.urlpatterns,
    *names.urlpatterns,
]
