"""Where the pages on missing children stand."""

from kith.missing.urls import board, patterns, profiles, schooling, talks, year

urlpatterns = [
    *board.urlpatterns,
    *talks.urlpatterns,
    *profiles.urlpatterns,
    *patterns.urlpatterns,
    *year.urlpatterns,
    *schooling.urlpatterns,
]
