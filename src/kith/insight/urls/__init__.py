"""Addresses of insight, a file a part."""

from kith.insight.urls import figures, networks

urlpatterns = [*figures.urlpatterns, *networks.urlpatterns]
