from django.urls import path

from engagement.website import views

app_name = "website"
urlpatterns = [
    path("", views.home, name="home"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("alarms/<int:pk>/close/", views.close_alarm, name="close_alarm"),
    path("sending-accounts/<str:name>/try/", views.try_account, name="try_account"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
