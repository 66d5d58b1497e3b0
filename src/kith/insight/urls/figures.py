"""Where figures stand."""

from django.urls import URLPattern, path

from kith.insight.views import figures

urlpatterns: list[URLPattern] = [
    path("insight/", figures.dashboard_page, name="insight"),
    path("insight/cuts/", figures.cuts_page, name="insight-cuts"),
    path("insight/figures/<slug:dashboard>", figures.dashboard_page, name="insight-dashboard"),
    path("insight/measures/<slug:measure>", figures.measure_page, name="insight-measure"),
    path("insight/measures/<slug:measure>.csv", figures.measure_csv, name="insight-measure-csv"),
    path("insight/measures/<slug:measure>/rows", figures.measure_rows, name="insight-measure-rows"),
]
