from engagement.people.urls import (
    audiences,
    imports,
    merging,
    organisations,
    people,
    privacy,
)

app_name = "people"
urlpatterns = [
    *people.urlpatterns,
    *organisations.urlpatterns,
    *audiences.urlpatterns,
    *imports.urlpatterns,
    *merging.urlpatterns,
    *privacy.urlpatterns,
]
