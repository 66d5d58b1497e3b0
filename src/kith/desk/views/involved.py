"""Who is involved with a record, and whom to ring."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kith.desk.views.record_page import RecordPage, draw, record_page
from kith.subjects.presenters.involved import show_involved
from kith.subjects.queries import last_heard_by_agency, people_in_circle


@record_page("Who is involved")
def involved(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """Whom to ring now, everybody involved, and those who were."""
    circle = people_in_circle(page.subject.scope_id, page.now)
    heard = last_heard_by_agency(page.subject.pk)
    return draw(request, "involved", page, shown=show_involved(page.involvements, heard, page.today, circle))
