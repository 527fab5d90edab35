"""Addresses outside the language prefix: programs call them."""

from django.urls import path

from engagement.outputs.views import oai

urlpatterns = [path("oai", oai.oai, name="oai")]
