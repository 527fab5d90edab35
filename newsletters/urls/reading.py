from django.urls import path

from newsletters.views import public

urlpatterns = [
    path("", public.list_newsletters, name="list"),
    path("articles/<slug:slug>/", public.article, name="article"),
]
