"""Addresses of insight, a file a part."""

from kith.insight.urls import comparing, figures, networks, places, profiles, reports, scorecard

urlpatterns = [
    *figures.urlpatterns,
    *comparing.urlpatterns,
    *networks.urlpatterns,
    *places.urlpatterns,
    *profiles.urlpatterns,
    *reports.urlpatterns,
    *scorecard.urlpatterns,
]
