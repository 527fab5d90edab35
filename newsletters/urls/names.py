"""Names of newsletters and issues: after everything that a name could hide."""

from django.urls import path

from newsletters.views import public, subscribing

urlpatterns = [
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/subscribe/", subscribing.subscribe, name="subscribe"),
    path("<slug:newsletter>/<slug:slug>/", public.issue, name="issue"),
]
