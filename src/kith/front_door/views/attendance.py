"""Who is in the hub, by day and by month, and the fortnight's figures."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.front_door.actions.attendance import say_presence
from kith.front_door.checking import lists
from kith.front_door.checks_permissions import can_ask, can_say_presence, check_can_ask
from kith.front_door.forms.attendance import PresenceForm
from kith.front_door.presenters.tabs import tabs
from kith.front_door.queries.attendance import agencies_known, board_on, counts_between, missing_today
from kith.front_door.queries.review import review


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Who is in the hub")
def attendance(request: HttpRequest) -> HttpResponse:
    """Today's board, the form to set it, and the month."""
    viewer, now = viewer_of(request), timezone.now()
    today = timezone.localdate(now)
    board = board_on(today)
    mine = [one.agency for one in board if can_say_presence(viewer, one.agency)]
    others = [one for one in agencies_known() if one not in mine and can_say_presence(viewer, one)]
    stands = {f"{name}-{one.agency_id}": value for one in board if one.on == today
              for name, value in (("how", one.how), ("note", one.note))}  # fmt: skip
    form = fill(request, PresenceForm, board=mine, others=others, today=today, initial={"on": today, **stands})
    if request.method == "POST" and form.is_valid():
        for said in form.said():
            say_presence(said=said, on=form.cleaned_data["on"], by=viewer, now=now)
        messages.success(request, "The board is set.")
        return redirect("attendance")
    first, last = month_of(request.GET.get("month", ""), today)
    titles = lists()["presence"]
    shown = {
        "tabs": tabs("Who is here today"),
        "show_tabs": can_ask(viewer),
        "form": form if mine or others else None,
        "board": [(one.agency.name, titles.title(one.how), one.note, one.on) for one in board],
        "missing": missing_today(today),
        "today": today,
        "month": first,
        "before": (first - timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + timedelta(days=1)).strftime("%Y-%m"),
        "counts": counts_between(first, min(last, today)) if first <= today else [],
        "ways": [pair for pair in titles.choices() if pair[0] != "left"],
    }
    return render(request, "front_door/checks_attendance.jinja", shown)


@require_safe
@login_required
def review_pack(request: HttpRequest) -> HttpResponse:
    """The fourteen days up to a day, in counts, for the review meeting."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_ask(viewer)
    today = timezone.localdate(now)
    last = min(_day(request.GET.get("to", ""), today), today)
    record(viewer=viewer, action="read-review-pack", what="Read the fortnight's figures of checks", now=now)
    shown = {
        "tabs": tabs("Who is here today"),
        "review": review(last, now),
        "before": last - timedelta(days=14),
        "after": last + timedelta(days=14) if last < today else None,
        "ways": [pair for pair in lists()["presence"].choices() if pair[0] != "left"],
    }
    return render(request, "front_door/checks_review.jinja", shown)


def month_of(typed: str, today: date) -> tuple[date, date]:
    """The first and last day of a month such as 2026-11; this month for anything else."""
    try:
        year, month = (int(part) for part in typed.split("-"))
        first = date(year, month, 1) if 2000 <= year <= 2100 else today.replace(day=1)
    except ValueError:
        first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _day(typed: str, today: date) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2100 else today
