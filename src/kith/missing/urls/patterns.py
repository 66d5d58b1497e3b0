"""Where the patterns in absences stand."""

from django.urls import path

from kith.missing.views import patterns

urlpatterns = [
    path("missing/patterns/", patterns.patterns, name="missing-patterns"),
    path("missing/patterns/patterns.csv", patterns.patterns_csv, name="missing-patterns-csv"),
    path("missing/patterns/rows", patterns.patterns_rows, name="missing-patterns-rows"),
    path(
        "missing/patterns/together/<int:first_id>/<int:second_id>",
        patterns.pattern_together,
        name="missing-pattern-together",
    ),
    path("records/<int:subject_id>/missing/pattern", patterns.record_pattern, name="record-pattern"),
]
