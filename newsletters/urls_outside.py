"""Addresses outside the language prefix: mail programs call them, not people."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
