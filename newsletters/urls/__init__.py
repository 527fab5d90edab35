from newsletters.urls import (
    checks,
    editor,
    names,
    planning,
    preferences,
    preview,
    public,
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
    *editor.urlpatterns,
    *sending.urlpatterns,
    *public.urlpatterns,
    *planning.urlpatterns,
    *checks.urlpatterns,
    *names.urlpatterns,
]
