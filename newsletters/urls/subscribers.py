from django.urls import path

from newsletters.views import subscribers

urlpatterns = [
    path(
        "manage/<slug:slug>/subscribers/", subscribers.subscribers, name="subscribers"
    ),
    path("manage/<slug:slug>/enter/", subscribers.enter, name="enter"),
    path(
        "manage/<slug:slug>/import/",
        subscribers.import_subscribers,
        name="import_subscribers",
    ),
    path(
        "manage/<slug:slug>/import/apply/",
        subscribers.apply_import,
        name="apply_import",
    ),
]
