"""The chronology of a record, on screen by month and on paper by dates."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from kith.chronology.presenters import LineShown, Reader, show_lines
from kith.chronology.queries import Filters, SourceCount, beside, lines_between, months_of, sources_of
from kith.desk.forms import PrintForm
from kith.desk.presenters.chronology import (
    Asked,
    ChronologyShown,
    PrintShown,
    Span,
    read_asked,
    show_chronology,
    show_printed,
    stretch_to_show,
    stretches_of,
)
from kith.desk.queries import feed_titles
from kith.desk.views.record_page import RecordPage, draw, record_page


@record_page("Chronology")
def chronology(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """A stretch of what happened, with the way to every other month."""
    sources = sources_of(page.subject.pk)
    asked = read_asked(request.GET.dict(), sources)
    return draw(request, "chronology", page, shown=_stretch(page, asked, asked.filters(sources), sources))


def _stretch(page: RecordPage, asked: Asked, filters: Filters, sources: list[SourceCount]) -> ChronologyShown:
    stretches = stretches_of(months_of(page.subject.pk, filters))
    shown = stretch_to_show(asked, stretches)
    lines = _lines(page, shown.since, shown.before, filters, oldest_first=asked.oldest_first) if shown else ()
    return show_chronology(asked, stretches, sources, lines)


@record_page("Chronology", action="print-record")
def printed(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """What happened between two days, oldest first, made for paper."""
    form = PrintForm(request.GET or None, today=page.today)
    span = form.span() if form.is_bound and form.is_valid() else None
    return draw(request, "printed", page, form=form, shown=_between(page, span) if span else None)


def _between(page: RecordPage, span: Span) -> PrintShown:
    return show_printed(span, _lines(page, span.since, span.before, span.filters, oldest_first=True))


def _lines(
    page: RecordPage, since: date, before: date, filters: Filters, *, oldest_first: bool
) -> tuple[LineShown, ...]:
    lines = lines_between(page.subject.pk, since, before, filters, oldest_first=oldest_first)
    found = beside([line.entry.pk for line in lines], page.subject.pk)
    return show_lines(lines, found, Reader(page.viewer.pk, feed_titles()))
