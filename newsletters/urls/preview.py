from django.urls import path

from newsletters.views import drafts, preview

urlpatterns = [
    path("issues/<int:pk>/preview/", preview.preview, name="preview"),
    path("issues/<int:pk>/preview/as/", preview.find_subscriber, name="preview_as"),
    path(
        "issues/<int:pk>/preview/<str:first>/",
        preview.preview_html,
        name="preview_html",
    ),
    path("drafts/<str:token>/read/", drafts.issue, name="draft_issue"),
    path("drafts/<str:token>/read/<slug:slug>/", drafts.article, name="draft_article"),
    path("issues/<int:pk>/test/", preview.send_test, name="send_test"),
]
