"""Twelve months of missing children beside the twelve before: the page, its files, and the absences behind a number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from xlsxwriter import Workbook

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.feeds.rejects_file import guarded
from kith.missing.forms.year import AsAtForm
from kith.missing.permissions import can_see_board
from kith.missing.presenters.year import TOLD_BY, WHY, as_rows, month_rows, show_months, show_year
from kith.missing.queries.year import behind, by_month, year_counted
from kith.missing.rules.counts import ToldBy, Why
from kith.missing.year_permissions import check_can_see_rows, check_can_see_year

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def missing_year(request: HttpRequest) -> HttpResponse:
    """The table as at a day, each side's count, and why they differ."""
    desk, (as_at, form) = _looked(request, "read-missing-year", "Read the year of missing children"), _day(request)
    found = show_year(year_counted(as_at), desk=desk)
    shown = {"found": found, "desk": desk, "as_at": as_at, "asked": _asked(as_at), "form": form}
    return render(request, "missing/year.jinja", shown)


@require_safe
@login_required
def missing_year_months(request: HttpRequest) -> HttpResponse:
    """Twenty-four months: from care and from home, and what became of the conversations."""
    desk, (as_at, form) = _looked(request, "read-missing-year", "Read the months of missing children"), _day(request)
    table = show_months(by_month(as_at), desk=desk)
    shown = {"table": table, "desk": desk, "as_at": as_at, "asked": _asked(as_at), "form": form}
    return render(request, "missing/year_months.jinja", shown)


@require_safe
@login_required
def missing_year_rows(request: HttpRequest) -> HttpResponse:
    """The absences behind one number of the comparison, by their references."""
    viewer = viewer_of(request)
    check_can_see_rows(viewer)
    as_at, _ = _day(request)
    told_by, why = _chosen(request)
    rows, more = behind(year_counted(as_at), told_by, why)
    what = f"Read which absences are {TOLD_BY[told_by].lower()}"
    record(viewer=viewer, action="read-missing-year", what=what, now=timezone.now())
    shown = {"rows": rows, "more": more, "title": TOLD_BY[told_by], "why": WHY.get(why) if why else "", "whys": WHY,
             "as_at": as_at, "asked": _asked(as_at)}  # fmt: skip
    return render(request, "missing/year_rows.jinja", shown)


@require_safe
@login_required
def missing_year_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a file for any spreadsheet, with no cell that it would take for a formula."""
    as_at, tables = _taken_away(request)
    text = io.StringIO()
    for table in tables.values():
        csv.writer(text).writerows([guarded(cell) for cell in row] for row in table)
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"missing-year-{as_at}.csv")


@require_safe
@login_required
def missing_year_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook: numbers as numbers."""
    as_at, tables = _taken_away(request)
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for title, table in tables.items():
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(table):
                sheet.write_row(number, 0, [int(cell) if cell.isdecimal() else guarded(cell) for cell in row])
    return _file(made.getvalue(), SHEET, f"missing-year-{as_at}.xlsx")


def _taken_away(request: HttpRequest) -> tuple[date, dict[str, Iterable[tuple[str, ...]]]]:
    desk, (as_at, _) = _looked(request, "export-missing-year", "Took the year of missing children away"), _day(request)
    shown = show_year(year_counted(as_at), desk=desk)
    counting = [("How this is counted",), *((rule,) for rule in shown.rules)]
    months = month_rows(show_months(by_month(as_at), desk=desk))
    return as_at, {"Twelve months": as_rows(shown), "By month": months, "How this is counted": counting}


def _looked(request: HttpRequest, action: str, what: str) -> bool:
    """Whether whoever looks follows missing children; only they see small numbers."""
    viewer = viewer_of(request)
    check_can_see_year(viewer)
    record(viewer=viewer, action=action, what=what, now=timezone.now())
    return can_see_board(viewer)


def _day(request: HttpRequest) -> tuple[date, AsAtForm]:
    """The day asked for, with the form that asks; today where none is, or none that can be."""
    today = timezone.localdate()
    form = AsAtForm(request.GET or None, initial={"as_at": today})
    given = form.cleaned_data["as_at"] if form.is_valid() else None
    return given or today, form


def _asked(as_at: date) -> str:
    """The day as part of an address."""
    return f"as_at-day={as_at.day}&as_at-month={as_at.month}&as_at-year={as_at.year}"


def _chosen(request: HttpRequest) -> tuple[ToldBy, Why | None]:
    told_by, why = request.GET.get("told-by", ""), request.GET.get("why", "")
    return (
        ToldBy(told_by) if told_by in {one.value for one in ToldBy} else ToldBy.BOTH,
        Why(why) if why in {one.value for one in Why} else None,
    )


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
