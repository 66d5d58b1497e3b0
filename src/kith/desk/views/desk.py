"""The front page of whoever signs in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.chronology.queries import latest_of_each
from kith.desk.presenters.desk import (
    PAGE,
    DeskShown,
    News,
    show_disagreements,
    show_glass,
    show_mine,
    show_shared,
)
from kith.desk.queries import stated_about
from kith.foundations.access.models import Viewer
from kith.foundations.access.queries import glass_broken_on_my_records
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.linkage.rules.facts import disagreements_of, facts_of
from kith.subjects.permissions import can_read_records, can_write
from kith.subjects.queries import CircleSubject, my_circles

LOOKED_THROUGH = 100  # records whose facts are compared for the desk; more than anybody's own caseload


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Mine, and what is new for me; for those who do not read records, the way to their work."""
    viewer = viewer_of(request)
    shown: dict[str, object] = {"can_write": can_write(viewer)}
    if can_read_records(viewer):
        shown["shown"] = _desk(viewer, timezone.now(), everything="all" in request.GET)
    return render(request, "desk/desk.jinja", shown)


def _desk(viewer: Viewer, now: datetime, *, everything: bool) -> DeskShown:
    circles = my_circles(viewer, now)
    ids = [circle.subject.pk for circle in circles]
    significant, latest = latest_of_each(ids, significant=True), latest_of_each(ids, significant=False)
    record(viewer=viewer, action="read-desk", subjects=ids, what="Desk", because="Their own work", now=now)
    mine = show_mine(circles, significant, latest, now, len(circles) if everything else PAGE)
    return DeskShown(mine, tuple(_news(viewer, circles, now)))


def _news(viewer: Viewer, circles: list[CircleSubject], now: datetime) -> list[News]:
    names = {circle.subject.pk: circle.subject.name for circle in circles}
    people = [circle.subject.pk for circle in circles if circle.subject.kind == "person"][:LOOKED_THROUGH]
    stated = stated_about(people)
    facts = {pk: disagreements_of(facts_of(stated[pk])) for pk in people if pk in stated}
    broken = list(glass_broken_on_my_records(viewer, now))
    return [*show_glass(broken, names, now), *show_disagreements(facts, names), *show_shared(circles, now)]
