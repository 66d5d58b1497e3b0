"""Where letters on missing children stand."""

from django.urls import path

from kith.front_door.views import missing_mail as views

urlpatterns = [
    path("missing/mail", views.missing_mail, name="missing-mail"),
    path("missing/mail/<int:proposal_id>", views.missing_letter, name="missing-letter"),
    path(
        "missing/mail/<int:proposal_id>/report/<int:subject_id>",
        views.missing_letter_report,
        name="missing-letter-report",
    ),
    path("missing/mail/<int:proposal_id>/new", views.missing_letter_new, name="missing-letter-new"),
    path("missing/mail/<int:proposal_id>/back/<int:episode_id>", views.missing_letter_back, name="missing-letter-back"),
    path("missing/mail/<int:proposal_id>/settle", views.missing_letter_settle, name="missing-letter-settle"),
]
