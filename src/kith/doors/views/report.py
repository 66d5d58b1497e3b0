"""A signed report, read by somebody to whom it was sent: as it was signed off, and as files with the same numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.foundations.papers import FORMATS, write
from kith.foundations.private_links.actions import NoSuchLink, Opened
from kith.insight.queries.sending import paper_behind


def report_page(request: HttpRequest, secret: str, opened: Opened) -> HttpResponse:
    """The report on a page; with `?form=pdf` as a file. Raises NoSuchLink where what is kept is not what was sent."""
    paper, form = paper_behind(opened), request.GET.get("form", "")
    if paper is None:
        raise NoSuchLink
    if form not in FORMATS:
        return render(request, "doors/report.jinja", {"paper": paper, "formats": FORMATS.values()})
    headers = {"Content-Disposition": f'attachment; filename="report.{FORMATS[form].ending}"'}
    return HttpResponse(write(paper, form), content_type=FORMATS[form].content_type, headers=headers)
