from django.urls import path

from engagement.studies.views import risks, standing, targets

urlpatterns = [
    path("ownerships/<int:pk>/end/", standing.end, name="end_ownership"),
    path("risks/<int:pk>/", risks.detail, name="risk"),
    path("risks/<int:pk>/give/", risks.give, name="give_risk"),
    path("<slug:slug>/ownership/", standing.show, name="ownership"),
    path("<slug:slug>/ownership/new/", standing.begin, name="begin_ownership"),
    path("<slug:slug>/risks/new/", risks.add, name="add_risk"),
    path("<slug:slug>/targets/", targets.list_targets, name="targets"),
    path("<slug:slug>/targets/new/", targets.add, name="add_target"),
    path("<slug:slug>/targets/<int:pk>/", targets.edit, name="edit_target"),
    path("<slug:slug>/targets/<int:pk>/remove/", targets.remove, name="remove_target"),
]
