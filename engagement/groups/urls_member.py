from django.urls import path

from engagement.groups.views import home, public

urlpatterns = [
    path("home/", home.home, name="home"),
    path("home/meetings/<int:pk>/answer/", home.answer, name="answer"),
    path("home/actions/<int:pk>/done/", home.done, name="done"),
    path("home/<slug:slug>/name/", home.name, name="name"),
    path("<slug:slug>/minutes/<int:pk>/", public.minutes, name="public_minutes"),
]
