"""Where the list of children who miss school stands."""

from django.urls import URLPattern, path

from kith.missing.views import schooling

urlpatterns: list[URLPattern] = [
    path("missing/school/", schooling.schooling, name="missing-school"),
    path("missing/school/list.csv", schooling.schooling_csv, name="missing-school-csv"),
]
