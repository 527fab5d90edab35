from django.urls import path

from newsletters.views import checks

urlpatterns = [
    path("issues/<int:pk>/checks/", checks.show, name="checks"),
    path("issues/<int:pk>/checks/override/", checks.override, name="override"),
    path("issues/<int:pk>/checks/links/", checks.check_links, name="check_links"),
]
