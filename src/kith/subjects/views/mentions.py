"""People and places as they are named while somebody writes: searches, each written down, and not without end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.audit.counting import how_often
from kith.subjects.permissions import check_can_write
from kith.subjects.queries import NOUGHT, Candidate, mentioned, named_in

MARKS = ("@", "#")
LEAST = 3  # letters after the mark
LONGEST = 60
AT_MOST, WITHIN = 60, timedelta(minutes=1)  # searches of one writer; a note with ten people in it takes about thirty
TOO_MANY = 429


@require_safe
@login_required
def mentions(request: HttpRequest) -> HttpResponse:
    """Whom "@Ama" or "#Harb" may mean, among the records open to whoever writes: those of their own work first."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_write(viewer)
    mark, begun = request.GET.get("mark", ""), request.GET.get("of", "")[:LONGEST].replace(NOUGHT, "").strip()
    if len(begun) < LEAST or mark not in MARKS:
        return JsonResponse({"found": []})
    if _too_often(viewer, now):
        return HttpResponse(status=TOO_MANY)
    found = mentioned(viewer, mark, begun, _numbers(request.GET.getlist("about")), now)
    _note(viewer, f"Looked for whom to write about: {mark}{begun}", found, now)
    offered = [{"id": one.subject_id, "name": one.name, "told": one.told_apart_by} for one in found]
    return JsonResponse({"found": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mentions_named(request: HttpRequest) -> HttpResponse:
    """Whom the words of a note name in full, and who is not among those it is about yet. Nobody is added by it."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_write(viewer)
    if _too_often(viewer, now):
        return HttpResponse(status=TOO_MANY)
    named = named_in(viewer, request.POST.get("text", ""), _numbers(request.POST.getlist("about")), now)
    if named:
        _note(viewer, "Names in a note that are records open to its writer", named, now)
    return render(request, "subjects/_named_in.jinja", {"named": named})


def _too_often(viewer: Viewer, now: datetime) -> bool:
    return how_often(viewer, "search", now - WITHIN) >= AT_MOST


def _note(viewer: Viewer, what: str, found: Sequence[Candidate], now: datetime) -> None:
    record(viewer=viewer, action="search", what=what, subjects=[one.subject_id for one in found], now=now)


def _numbers(typed: Sequence[str]) -> list[int]:
    return [int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 19]
