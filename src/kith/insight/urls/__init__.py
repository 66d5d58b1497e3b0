"""Addresses of insight, a file a part."""

from kith.insight.urls import comparing, figures, networks, places, profiles, reports, reviews, scorecard, shared_places

urlpatterns = [
    *figures.urlpatterns,
    *comparing.urlpatterns,
    *networks.urlpatterns,
    *places.urlpatterns,
    *profiles.urlpatterns,
    *reports.urlpatterns,
    *reviews.urlpatterns,
    *scorecard.urlpatterns,
    *shared_places.urlpatterns,
]
