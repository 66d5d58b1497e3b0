"""Where the pages of this part stand."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
