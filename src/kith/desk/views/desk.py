"""The front page of whoever signs in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.case_audits.queries.waiting import audits_waiting
from kith.chronology.queries import latest_of_each
from kith.contexts.queries.weighings import changes_due, to_weigh_again
from kith.desk.presenters.case_audits import case_audit_duty
from kith.desk.presenters.contexts import contexts_duty
from kith.desk.presenters.desk import PAGE, DeskShown, show_mine
from kith.desk.presenters.duties import (
    Duty,
    front_door_duty,
    glass_duty,
    matches_duty,
    rejects_duty,
    seal_duty,
    silent_duty,
)
from kith.desk.presenters.figures import escalated_duty, owned_duty
from kith.desk.presenters.missing import missing_duty
from kith.desk.presenters.news import (
    AT_A_TIME,
    Looked,
    NewsShown,
    broken_glass,
    new_disagreements,
    new_entries,
    newly_opened,
    show_news,
)
from kith.desk.queries import entries_since, matches_waiting, sealed, stated_about
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import can, can_review
from kith.foundations.access.queries import break_glasses, glass_broken_on_my_records
from kith.foundations.access.rules import Permission
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.queries import unsent
from kith.foundations.notices.queries import unseen
from kith.front_door.permissions import can_decide
from kith.front_door.queries.queue import count_waiting, is_at_front_door
from kith.governance.queries import last_looks
from kith.insight.permissions import can_see_figures
from kith.insight.presenters.reviews import may_answer
from kith.insight.queries.reviews import waits_for, waits_for_executive
from kith.linkage.permissions import can_review_matches
from kith.linkage.queries.feeds import feeds
from kith.linkage.rules.facts import disagreements_of, facts_of
from kith.missing.permissions import can_see_board
from kith.missing.queries.board import missing_now
from kith.pathways.presenters import show_lines as show_work_lines
from kith.pathways.queries import work_of
from kith.subjects.permissions import can_read_records, can_write
from kith.subjects.queries import CircleSubject, my_circles

WORK_SHOWN = 8
NOTICES_SHOWN = 20
LOOKED_THROUGH = 100  # records whose facts are compared for the desk; more than anybody's own caseload
LOOK_BACK = timedelta(days=60)  # what came before is not news, however long somebody was away


@require_safe
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Mine, what is new for me, and what waits for me because of my post."""
    viewer, now = viewer_of(request), timezone.now()
    shown: dict[str, object] = {"can_write": can_write(viewer), "duties": _duties(viewer, now)}
    shown["unsent"] = unsent(viewer).count()
    shown["notices"] = list(unseen(viewer)[:NOTICES_SHOWN])
    if can_read_records(viewer):
        lines = show_work_lines(work_of(viewer), now)
        shown["work"] = lines if request.GET.get("work") == "all" else lines[:WORK_SHOWN]
        shown["more_work"] = len(lines) - WORK_SHOWN if shown["work"] != lines else 0
        shown["shown"] = _desk(viewer, now, everything="all" in request.GET, news=_how_many(request))
    return render(request, "desk/desk.jinja", shown)


def _how_many(request: HttpRequest) -> int:
    """How many children's news to show: as many as the address asks for, up to a page."""
    asked = request.GET.get("news", "")
    return min(int(asked), PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 4 else AT_A_TIME


def _desk(viewer: Viewer, now: datetime, *, everything: bool, news: int) -> DeskShown:
    circles = my_circles(viewer, now)
    ids = [circle.subject.pk for circle in circles]
    significant, latest = latest_of_each(ids, significant=True), latest_of_each(ids, significant=False)
    record(viewer=viewer, action="read-desk", subjects=ids, what="Desk", because="Their own work", now=now)
    mine = show_mine(circles, significant, latest, now, len(circles) if everything else PAGE)
    return DeskShown(mine, _news(viewer, circles, now, news))


def _news(viewer: Viewer, circles: list[CircleSubject], now: datetime, shown: int) -> NewsShown:
    names = {circle.subject.pk: circle.subject.name for circle in circles}
    looked = Looked(last_looks(viewer.pk, names, now - LOOK_BACK), now)
    people = [circle.subject.pk for circle in circles if circle.subject.kind == "person"][:LOOKED_THROUGH]
    stated = stated_about(people)
    facts = {pk: disagreements_of(facts_of(stated[pk])) for pk in people if pk in stated}
    found = [
        *broken_glass(list(glass_broken_on_my_records(viewer, now)), looked),
        *new_entries(entries_since(names, viewer, now - LOOK_BACK), looked),
        *new_disagreements(facts, looked),
        *newly_opened(circles, looked),
    ]
    return show_news(found, names, shown)


def _duties(viewer: Viewer, now: datetime) -> list[Duty]:
    """What waits for somebody of this role."""
    duties = _missing(viewer, now)
    if can_decide(viewer) and is_at_front_door(viewer):
        duties.append(front_door_duty(*count_waiting(now)))
    if can_read_records(viewer) and (audits := audits_waiting(viewer)).anything:
        duties.append(case_audit_duty(audits, timezone.localdate(now)))
    duties += _contexts(viewer, timezone.localdate(now))
    if can_review_matches(viewer):
        known = feeds(now)
        duties += [matches_duty(matches_waiting(timezone.localdate(now))), silent_duty(known), rejects_duty(known)]
    if can(viewer, Permission.REVIEW_BREAK_GLASS):
        duties.append(glass_duty([one for one in break_glasses(reviewed=False) if can_review(viewer, one)], now))
    if can(viewer, Permission.AUDIT):
        duties.append(seal_duty(sealed(), now))
    return duties + _figures(viewer, now)


def _contexts(viewer: Viewer, today: date) -> list[Duty]:
    """Contexts that whoever looks weighed, and changes that they planned; nothing where nothing is due."""
    if not can_write(viewer):
        return []
    again, due = to_weigh_again(viewer, today), changes_due(viewer, today)
    return [contexts_duty(again, due, today)] if again or due else []


def _figures(viewer: Viewer, now: datetime) -> list[Duty]:
    """What meetings on figures left with this person; nothing where nothing waits."""
    if not can_see_figures(viewer):
        return []
    mine, waits = waits_for(viewer), waits_for_executive() if may_answer(viewer) else []
    owned = [owned_duty(mine, timezone.localdate(now))] if mine else []
    return [escalated_duty(waits), *owned] if waits else owned


def _missing(viewer: Viewer, now: datetime) -> list[Duty]:
    """For those who search and follow, always; for whoever works with a child who is missing, while that lasts."""
    if not can_read_records(viewer):
        return []
    gone, on_board = missing_now(timezone.localdate(now)), can_see_board(viewer)
    return [missing_duty(gone, now, on_board=on_board)] if gone or on_board else []
