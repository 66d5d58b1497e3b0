"""Patterns in absences: for those who follow missing children over everybody, and for a child's circle of one child."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.feeds.rejects_file import guarded
from kith.missing.actions.co_missing import confirm_together, set_sign_aside, set_together_aside
from kith.missing.forms.patterns import AsideForm
from kith.missing.permissions import can_talk, check_can_see_board, check_can_talk
from kith.missing.presenters import patterns as present
from kith.missing.queries import patterns as ask
from kith.missing.rules import codes
from kith.missing.rules.patterns import Together, overlapping, published, ranked, signs, together
from kith.subjects.permissions import can_read_records
from kith.subjects.queries import subject_in_full

if TYPE_CHECKING:
    from kith.foundations.access.models import Viewer

MONTHS = {"3": 3, "12": 12}
SHOWN = 100


@require_safe
@login_required
def patterns(request: HttpRequest) -> HttpResponse:
    """The year in patterns, with every rule as it is published."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_board(viewer)
    _note(viewer, "read-patterns", "Read the patterns of missing children", now)
    shown = {
        "tables": present.tables(ask.everybody(now), desk=can_talk(viewer), now=now),
        "rules": published(),
        "talks": can_talk(viewer),
        "pairs": _pairs(now) if can_talk(viewer) else [],
    }
    return render(request, "missing/patterns.jinja", shown)


@require_safe
@login_required
def patterns_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as a file."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_board(viewer)
    _note(viewer, "export-patterns", "Took the patterns of missing children away as a file", now)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Part", "What", "Column", "Number"])
    for row in present.csv_rows(present.tables(ask.everybody(now), desk=can_talk(viewer), now=now)):
        writer.writerow([guarded(cell) for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="missing-patterns-{localdate(now)}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@login_required
def patterns_rows(request: HttpRequest) -> HttpResponse:
    """The absences behind a number; of those that rest on a child's record, only where that record is open."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_board(viewer)
    try:
        title, numbers, children = present.behind(ask.everybody(now), request.GET.get("of", "fired:repeat"), now)
    except KeyError:
        raise Http404 from None
    absences = ask.absences_numbered(numbers)
    if children is not None:
        opened = ask.records_open(children)
        absences = [one for one in absences if one.subject in opened]
    names = ask.names_of_children({one.subject for one in absences})
    record(viewer=viewer, action="read-pattern-rows", subjects=sorted(names), what=title[:200], now=now)
    found = present.lines(absences, now)
    shown = {
        "title": title,
        "rows": found[:SHOWN],
        "more": max(0, len(found) - SHOWN),
        "closed": len(numbers) - len(absences),
        "names": {one.number: names.get(one.subject, "") for one in absences},
    }
    return render(request, "missing/patterns_rows.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pattern_together(request: HttpRequest, first_id: int, second_id: int) -> HttpResponse:
    """Two children who were missing together: a person confirms it, or sets it aside with a reason."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_talk(viewer)
    found = next((one for one, _, _ in _found_pairs(now) if (one.first, one.second) == (first_id, second_id)), None)
    if found is None:
        raise Http404
    names = ask.names_of_children([first_id, second_id])
    decided = ask.decided_pairs().get((first_id, second_id))
    form = AsideForm(request.POST if "aside" in request.POST else None)
    standing = decided and decided.upto >= found.upto
    if request.method == "POST" and not standing:
        if "confirm" in request.POST:
            confirm_together(pair=found, by=viewer, now=now)
            messages.success(request, "It stands as evidence of a link on both records.")
            return redirect("missing-patterns")
        if form.is_valid():
            set_together_aside(pair=found, because=form.cleaned_data["because"], by=viewer, now=now)
            messages.success(request, "Set aside. A later absence of both would point it out anew.")
            return redirect("missing-patterns")
    record(viewer=viewer, action="read-pattern-rows", subjects=[first_id, second_id], what="Missing together", now=now)
    shown = {"pair": found, "names": names, "decided": decided, "standing": standing, "form": form}
    return render(request, "missing/pattern_together.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def record_pattern(request: HttpRequest, subject_id: int) -> HttpResponse:
    """One child's absences: calendar, what the rules point out, why, where, with whom."""
    viewer, now = viewer_of(request), timezone.now()
    subject = subject_in_full(subject_id) if can_read_records(viewer) else None
    if subject is None:
        raise Http404
    absences = ask.absences_of(subject_id)
    told = signs(absences, now)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _set_aside(request, viewer, subject_id, told, form.cleaned_data["because"], now)
    months = MONTHS.get(request.GET.get("months", ""), 12)
    today = localdate(now)
    first = (today.replace(day=1) - timedelta(days=31 * (months - 1))).replace(day=1)
    asides, why = ask.asides_of(subject_id), ranked(ask.why_of(subject_id).elements())
    shown = {
        "subject": subject,
        "calendar": present.calendar(absences, ask.contact_days(subject_id, first), today, months, now),
        "months": months,
        "lines": present.lines(absences, now)[:SHOWN],
        "signs": [(one, _standing_aside(one, asides)) for one in told],
        "asides": asides,
        "why": [(codes.title(side, code), side, count) for side, code, count in why],
        "from_where": _counted([one.missing_from or "not-known" for one in absences], "missing_from"),
        "found_where": _counted([one.found for one in absences if one.found], ""),
        "form": form,
    }
    _note(viewer, "read-pattern", "Read the pattern of absences", now, [subject_id])
    return render(request, "missing/pattern.jinja", shown)


def _set_aside(
    request: HttpRequest, viewer: Viewer, subject_id: int, told: tuple[Any, ...], because: str, now: datetime
) -> HttpResponse:
    chosen = next((one for one in told if one.rule.key == request.POST.get("rule")), None)
    if chosen is None:
        raise Http404
    set_sign_aside(subject_id=subject_id, sign=chosen, because=because, by=viewer, now=now)
    messages.success(request, "Set aside. A later absence would point it out anew.")
    return redirect("record-pattern", subject_id)


def _standing_aside(sign: Any, asides: list[Any]) -> Any:
    return next((one for one in asides if one.rule == sign.rule.key and one.upto >= sign.upto), None)


def _counted(words: list[str], name: str) -> list[tuple[str, int]]:
    counted = {word: words.count(word) for word in dict.fromkeys(words)}
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [(codes.title(name, word) if name else word, count) for word, count in ordered]


def _found_pairs(now: datetime) -> list[tuple[Together, str, str]]:
    absences = ask.absences_since(now - ask.YEAR)
    names = ask.names_of_children({one.subject for one in absences})
    pairs = {frozenset((one.subject, other.subject)) for one, other in overlapping(absences)}
    found = together(absences, names, ask.said_together(pairs))
    return [(one, names.get(one.first, ""), names.get(one.second, "")) for one in found]


def _pairs(now: datetime) -> list[dict[str, Any]]:
    decided = ask.decided_pairs()
    rows = []
    for pair, first, second in _found_pairs(now):
        word = decided.get((pair.first, pair.second))
        standing = word if word and word.upto >= pair.upto else None
        rows.append({"pair": pair, "first": first, "second": second, "decided": standing})
    return sorted(rows, key=lambda row: row["decided"] is not None)[:SHOWN]


def _note(viewer: Viewer, action: str, what: str, now: datetime, subjects: list[int] | None = None) -> None:
    record(viewer=viewer, action=action, what=what, subjects=subjects or [], now=now)
