from django.urls import path

from newsletters.views import sending

urlpatterns = [
    path("issues/<int:pk>/preview/", sending.preview, name="preview"),
    path(
        "issues/<int:pk>/preview/<str:first>/",
        sending.preview_html,
        name="preview_html",
    ),
    path("issues/<int:pk>/progress/", sending.progress, name="progress"),
]
