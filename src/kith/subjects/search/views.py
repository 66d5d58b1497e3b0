"""The search page, the part of it that changes as one types, and what it explains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import check_may
from kith.foundations.access.rules import Permission
from kith.foundations.audit.actions import record
from kith.subjects.search.presenters import SearchShown, page_of, show_search
from kith.subjects.search.queries import Found, find, readable
from kith.subjects.search.rules import EXAMPLES, LIVE_FROM, WHO_MAY_BE_FOUND
from kith.subjects.search.typed import Typed, understand


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """One box. Every look is written down: what was typed and who was shown."""
    viewer: Viewer = request.user  # type: ignore[assignment]
    check_may(viewer, Permission.READ_RECORDS)
    text = request.GET.get("q", "").replace("\x00", "")
    shown = _look(viewer, text, _number(request.GET.get("page", ""))) if text.strip() else None
    words = {"shown": shown, "searched_for": text, "rules": WHO_MAY_BE_FOUND, "live_from": LIVE_FROM}
    part = getattr(request, "htmx", False)
    return render(request, f"subjects/{'_search_results' if part else 'search'}.jinja", words)


def _look(viewer: Viewer, text: str, number: int) -> SearchShown:
    now = timezone.now()
    today = timezone.localdate(now)
    typed = understand(text, today=today)
    found = find(typed, today=today)
    here = page_of(found, number)
    subjects, headlines = readable(one.subject_id for one in here)
    _write_down(viewer, typed, found, here, now=now)
    return show_search(typed, found, number, subjects, headlines, today)


def _write_down(viewer: Viewer, typed: Typed, found: Sequence[Found], here: Sequence[Found], *, now: datetime) -> None:
    """What was typed is kept as it was typed: whoever reviews who looked must be able to read it."""
    told = {"typed": typed.text, "found": len(found), "headlines": sum(one.tier == "headline" for one in found)}
    subjects = [one.subject_id for one in here]
    record(viewer=viewer, action="search", subjects=subjects, what="Searched", details=told, now=now)


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 4 else 1


@require_safe
@login_required
def help_search(request: HttpRequest) -> HttpResponse:
    """What can be typed, and who is found by whom."""
    return render(request, "subjects/search_help.jinja", {"rules": WHO_MAY_BE_FOUND, "examples": EXAMPLES})
