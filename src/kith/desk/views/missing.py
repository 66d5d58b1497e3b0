"""Each time a child was missing or away: how long, how it was graded, the conversation on return, who tells of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kith.desk.presenters.missing import show_absences
from kith.desk.views.record_page import RecordPage, draw, record_page
from kith.missing.queries.episode import episodes_of_child


@record_page("Missing")
def missing(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """The newest first; what was reported in error stands apart and is not counted."""
    absences = show_absences(episodes_of_child(page.subject.pk), page.now)
    return draw(request, "missing", page, absences=absences)
