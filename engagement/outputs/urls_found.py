"""How outputs are cited, linked and followed."""

from django.urls import path

from engagement.outputs.views import citing

urlpatterns = [
    path("feed.atom", citing.feed, name="feed"),
    path("<slug:slug>/cite.<str:form>", citing.cite, name="cite"),
    path(
        "<slug:slug>/editions/<int:number>/cite.<str:form>",
        citing.cite_edition,
        name="cite_edition",
    ),
    path("<slug:slug>/linkset.json", citing.linkset, name="linkset"),
]
