"""Where the board, the form to report and the page of one absence stand."""

from django.urls import URLPattern, path

from kith.missing.views import apart, board, episode, meeting, reporting

urlpatterns: list[URLPattern] = [
    path("missing/", board.board, name="missing"),
    path("missing/rows", board.rows, name="missing-rows"),
    path("missing/report", reporting.find, name="missing-report"),
    path("missing/report/new", reporting.report_newcomer, name="missing-report-new"),
    path("missing/report/<int:subject_id>", reporting.report, name="missing-report-child"),
    path("missing/<int:episode_id>", episode.episode, name="missing-episode"),
    path("missing/<int:episode_id>/update", episode.update, name="missing-update"),
    path("missing/<int:episode_id>/grade", episode.grade, name="missing-grade"),
    path("missing/<int:episode_id>/back", episode.back, name="missing-back"),
    path("missing/<int:episode_id>/correct", episode.correct, name="missing-correct"),
    path("missing/<int:episode_id>/meeting", meeting.meeting, name="missing-meeting"),
    path("missing/<int:episode_id>/in-error", episode.in_error, name="missing-in-error"),
    path("missing/<int:episode_id>/apart/<int:account_id>", apart.apart, name="missing-apart"),
    path("missing/<int:episode_id>/together", apart.together, name="missing-together"),
]
