"""What comes after an event: feedback, commitments, the summary."""

from django.urls import path

from engagement.events.views import commitments, feedback, summary

urlpatterns = [
    path("feedback/<str:token>/", feedback.give, name="feedback"),
    path("promised/<str:token>/", feedback.report, name="outcome"),
    path("commitments/", commitments.list_all, name="all_commitments"),
    path("commitments/<int:pk>/", commitments.edit, name="commitment"),
    path("commitments/<int:pk>/settle/", commitments.settle, name="settle_commitment"),
    path("commitments/<int:pk>/reopen/", commitments.reopen, name="reopen_commitment"),
    path("<slug:slug>/commitments/", commitments.of_event, name="commitments"),
    path("<slug:slug>/feedback/", feedback.results, name="feedback_results"),
    path("<slug:slug>/summary/", summary.show, name="summary"),
    path("<slug:slug>/summary/edit/", summary.edit, name="edit_summary"),
    path("<slug:slug>/summary/publish/", summary.publish, name="publish_summary"),
    path("<slug:slug>/summary/withdraw/", summary.withdraw, name="withdraw_summary"),
]
