from django.urls import path

from newsletters.views import approving, planning, stopping, with_release

urlpatterns = [
    path("issues/<int:pk>/send/", planning.send, name="send"),
    path("issues/<int:pk>/send/now/", planning.send_now, name="send_now"),
    path("issues/<int:pk>/schedule/", planning.schedule, name="schedule"),
    path("issues/<int:pk>/reschedule/", planning.reschedule, name="reschedule"),
    path("issues/<int:pk>/unschedule/", planning.unschedule, name="unschedule"),
    path("issues/<int:pk>/release/", with_release.with_release, name="with_release"),
    path("issues/<int:pk>/audience/", planning.audience, name="audience"),
    path("issues/<int:pk>/approve/", approving.approve, name="approve"),
    path("issues/<int:pk>/approve/ask/", approving.ask, name="ask_approval"),
    path("issues/<int:pk>/changes/", approving.changes, name="changes"),
    path("issues/<int:pk>/pause/", stopping.pause, name="pause"),
    path("issues/<int:pk>/resume/", stopping.resume, name="resume"),
    path("issues/<int:pk>/take-back/", stopping.take_back, name="take_back"),
]
