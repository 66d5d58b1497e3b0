"""Where figures stand that are more than a list of measures."""

from django.urls import URLPattern, path

from kith.insight.views import comparing

urlpatterns: list[URLPattern] = [
    path("insight/disproportion", comparing.disproportion_page, name="insight-disproportion"),
    path("insight/disproportion.csv", comparing.disproportion_csv, name="insight-disproportion-csv"),
    path("insight/timeliness", comparing.timeliness_page, name="insight-timeliness"),
    path("insight/timeliness.csv", comparing.timeliness_csv, name="insight-timeliness-csv"),
    path("insight/capacity", comparing.capacity_page, name="insight-capacity"),
    path("insight/capacity.csv", comparing.capacity_csv, name="insight-capacity-csv"),
    path("insight/quality", comparing.quality_page, name="insight-quality"),
    path("insight/quality.csv", comparing.quality_csv, name="insight-quality-csv"),
]
