from django.urls import path

from newsletters.views import corrections, feeds, files

urlpatterns = [
    path(
        "corrections/issues/<int:pk>/", corrections.correct_issue, name="correct_issue"
    ),
    path(
        "corrections/articles/<int:pk>/",
        corrections.correct_article,
        name="correct_article",
    ),
    path("<slug:slug>/feed.atom", feeds.newsletter, name="feed"),
    path(
        "<slug:newsletter>/<slug:slug>/<str:language>.pdf",
        files.document,
        name="document",
    ),
]
