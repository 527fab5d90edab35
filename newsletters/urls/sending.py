from django.urls import path

from newsletters.views import sending

urlpatterns = [
    path("issues/<int:pk>/progress/", sending.progress, name="progress"),
]
