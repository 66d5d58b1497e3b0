"""Where writing on records stands."""

from django.urls import path

from kith.chronology.views.marking import entry_dispute, entry_significant
from kith.chronology.views.writing import entry_correct, entry_new

urlpatterns = [
    path("entries/new", entry_new, name="entry-new"),
    path("entries/<int:entry_id>/correct", entry_correct, name="entry-correct"),
    path("records/<int:subject_id>/entries/<int:entry_id>/significant", entry_significant, name="entry-significant"),
    path("records/<int:subject_id>/entries/<int:entry_id>/dispute", entry_dispute, name="entry-dispute"),
]
