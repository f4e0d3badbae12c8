"""The addresses of the pages that schools use."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
