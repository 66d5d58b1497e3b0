"""The live board of missing children. It asks for its rows every few seconds; without a script there is a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.missing.forms.board import BoardFilter
from kith.missing.permissions import check_can_see_board
from kith.missing.presenters.board import BoardShown, responsible_teams, show_board
from kith.missing.queries.board import on_board

NOTHING_NEW = 204


@dataclass(frozen=True)
class _Asked:
    """The board as it was asked for, and the lists it may be narrowed by."""

    shown: BoardShown
    filters: BoardFilter


@require_safe
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """The whole page. Who looked at whom stands in the audit."""
    asked = _ask(request)
    _looked(request, asked.shown)
    shown = {
        "board": asked.shown,
        "filters": asked.filters,
        "made_at": timezone.now(),
        "asked": request.GET.urlencode(),
    }
    return render(request, "missing/board.jinja", shown)


@require_safe
@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """The rows alone, or no content where the board that was sent last (`version`) still stands."""
    asked = _ask(request)
    version = request.GET.get("version", "")
    if version == asked.shown.version:
        return HttpResponse(status=NOTHING_NEW)
    if version.partition(".")[0] != asked.shown.who:
        _looked(request, asked.shown)
    return render(request, "missing/_board_rows.jinja", {"board": asked.shown})


def _ask(request: HttpRequest) -> _Asked:
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_board(viewer)
    today = timezone.localdate(now)
    everything = on_board(now, today)
    filters = BoardFilter(request.GET, teams=responsible_teams(everything))
    return _Asked(show_board(everything, filters.narrowed(), viewer, now, today), filters)


def _looked(request: HttpRequest, shown: BoardShown) -> None:
    because = "Searches for missing children, or talks with them on return"
    what = f"Missing board: {len(shown.rows)} missing or away, {len(shown.back)} back"
    now = timezone.now()
    record(viewer=viewer_of(request), action="read-board", subjects=shown.subjects, what=what, because=because, now=now)
