"""Where the year of missing children stands."""

from django.urls import URLPattern, path

from kith.missing.views import year

urlpatterns: list[URLPattern] = [
    path("missing/year", year.missing_year, name="missing-year"),
    path("missing/year/months", year.missing_year_months, name="missing-year-months"),
    path("missing/year/absences", year.missing_year_rows, name="missing-year-rows"),
    path("missing/year.csv", year.missing_year_csv, name="missing-year-csv"),
    path("missing/year.xlsx", year.missing_year_xlsx, name="missing-year-xlsx"),
]
