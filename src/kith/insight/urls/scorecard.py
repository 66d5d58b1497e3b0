"""Where the scorecard stands."""

from django.urls import URLPattern, path

from kith.insight.views import scorecard

urlpatterns: list[URLPattern] = [
    path("insight/scorecard", scorecard.scorecard_page, name="insight-scorecard"),
    path("insight/scorecard.csv", scorecard.scorecard_csv, name="insight-scorecard-csv"),
]
