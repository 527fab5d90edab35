from django.urls import path

from engagement.studies.views import progress

urlpatterns = [
    path("<slug:slug>/milestones/new/", progress.add_milestone, name="add_milestone"),
    path(
        "<slug:slug>/milestones/<int:pk>/",
        progress.edit_milestone,
        name="edit_milestone",
    ),
    path(
        "<slug:slug>/milestones/<int:pk>/settle/",
        progress.settle_milestone,
        name="settle_milestone",
    ),
    path("<slug:slug>/policy/", progress.policy_changes, name="policy_changes"),
    path(
        "<slug:slug>/policy/new/", progress.add_policy_change, name="add_policy_change"
    ),
    path(
        "<slug:slug>/policy/<int:pk>/",
        progress.edit_policy_change,
        name="edit_policy_change",
    ),
]
