"""Addresses of insight, a file a part."""

from kith.insight.urls import figures, networks, places, reports

urlpatterns = [*figures.urlpatterns, *networks.urlpatterns, *places.urlpatterns, *reports.urlpatterns]
