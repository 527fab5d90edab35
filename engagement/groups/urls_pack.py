from django.urls import path

from engagement.groups.views import pack

urlpatterns = [
    path("meetings/<int:pk>/pack/", pack.show, name="pack"),
    path("meetings/<int:pk>/pack/make/", pack.make, name="make_pack"),
    path("meetings/<int:pk>/pack/<str:lang>/", pack.file, name="pack_file"),
    path("<slug:slug>/reached/", pack.reached, name="reached"),
]
