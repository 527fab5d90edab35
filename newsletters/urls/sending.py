from django.urls import path

from newsletters.views import sending, unknowns

urlpatterns = [
    path("issues/<int:pk>/progress/", sending.progress, name="progress"),
    path("issues/<int:pk>/unknowns/", unknowns.list_unknowns, name="unknowns"),
    path(
        "issues/<int:pk>/unknowns/<int:delivery>/settle/",
        unknowns.settle,
        name="settle",
    ),
    path(
        "issues/<int:pk>/unknowns/<int:delivery>/send-again/",
        unknowns.send_again,
        name="send_again",
    ),
]
