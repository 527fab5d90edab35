"""Under the addresses of studies: what a study's newsletters have to show there."""

from django.urls import path

from newsletters.views import feeds

urlpatterns = [path("<slug:slug>/feed.atom", feeds.study, name="study_feed")]
