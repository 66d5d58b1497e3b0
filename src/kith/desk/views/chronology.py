"""The chronology of a record, on screen by month and on paper by dates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kith.chronology.presenters import Reader, show_lines
from kith.chronology.queries import Filters, SourceCount, beside, lines_between, lines_in_month, months_of, sources_of
from kith.desk.forms import PrintForm
from kith.desk.presenters.chronology import (
    Asked,
    ChronologyShown,
    PrintShown,
    Span,
    month_to_show,
    read_asked,
    show_chronology,
    show_printed,
)
from kith.desk.queries import feed_titles
from kith.desk.views.record_page import RecordPage, draw, record_page


@record_page("Chronology")
def chronology(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """One month of what happened, with the way to every other month."""
    sources = sources_of(page.subject.pk)
    asked = read_asked(request.GET.dict(), sources)
    return draw(request, "chronology", page, shown=_month(page, asked, asked.filters(sources), sources))


def _month(page: RecordPage, asked: Asked, filters: Filters, sources: list[SourceCount]) -> ChronologyShown:
    months = months_of(page.subject.pk, filters)
    chosen = month_to_show(asked, months)
    lines = lines_in_month(page.subject.pk, chosen.month, filters, oldest_first=asked.oldest_first) if chosen else []
    found = beside([line.entry.pk for line in lines], page.subject.pk)
    shown = show_lines(lines, found, Reader(page.viewer.pk, feed_titles()))
    return show_chronology(asked, months, sources, shown)


@record_page("Chronology", action="print-record")
def printed(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """What happened between two days, oldest first, made for paper."""
    form = PrintForm(request.GET or None, today=page.today)
    span = form.span() if form.is_bound and form.is_valid() else None
    return draw(request, "printed", page, form=form, shown=_between(page, span) if span else None)


def _between(page: RecordPage, span: Span) -> PrintShown:
    lines = lines_between(page.subject.pk, span.since, span.before, span.filters, oldest_first=True)
    found = beside([line.entry.pk for line in lines], page.subject.pk)
    return show_printed(span, show_lines(lines, found, Reader(page.viewer.pk, feed_titles())))
