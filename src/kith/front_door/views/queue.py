"""The queue, and one contact beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.design_system.environment import query
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.front_door.actions import decide, pass_as_intelligence, put_back, take_up
from kith.front_door.forms.decision import DecisionForm
from kith.front_door.permissions import check_can_decide
from kith.front_door.presenters.contact import show_contact, show_line
from kith.front_door.presenters.history import show_before
from kith.front_door.presenters.missing_mail import show_outcome
from kith.front_door.presenters.tabs import tabs, ways
from kith.front_door.queries.before import earlier_contacts, entries_lately
from kith.front_door.queries.missing_mail import letter_of
from kith.front_door.queries.queue import (
    alike,
    contact_seen,
    count_waiting,
    decided,
    narrowed,
    teams_to_choose,
    waiting,
)
from kith.front_door.queries.suggesting import suggested
from kith.front_door.rules import codes
from kith.pathways.queries import open_work_on

ON_A_PAGE = 25
BESIDE = 12  # contacts of the queue that stand beside one that is open
MOST_BEFORE = 12


@require_safe
@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """What waits, by when it must be decided; or what was decided lately."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_decide(viewer)
    past = request.GET.get("show") == "decided"
    asked = {"about": request.GET.get("about", ""), "words": request.GET.get("words", "").strip()[:100]}
    found = narrowed(decided() if past else waiting(), danger="danger" in request.GET, **asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    total, late = count_waiting(now)
    shown = {
        "lines": [show_line(contact, now, viewer.pk) for contact in page],
        "page": page,
        "past": past,
        "asked": asked,
        "danger": "danger" in request.GET,
        "abouts": codes()["about"].choices(),
        "total": total,
        "late": late,
        "tabs": tabs("Decided" if past else "Waiting"),
        "kept": query(show="decided" if past else "", danger="yes" if "danger" in request.GET else "", **asked)[1:],
    }
    return render(request, "front_door/queue.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A decision at the front door")
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """One contact: who is meant, what there was before, and the decision."""
    viewer = viewer_of(request)
    check_can_decide(viewer)
    seen = contact_seen(contact_id)
    if seen is None:
        raise Http404
    named = list(seen.named.all())
    form = fill(request, DecisionForm, named=named, teams=teams_to_choose(), initial=_as_told(seen))
    if request.method == "POST" and form.is_valid():
        decide(contact_id=seen.pk, decided=form.decided(), once=mark_of(request), by=viewer, now=timezone.now())
        return redirect("contact-reply", seen.pk)
    return render(request, "front_door/contact.jinja", _shown(request, seen, form))


@require_POST
@login_required
def contact_take(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Takes it up, or puts it back for the next who is free."""
    viewer = viewer_of(request)
    check_can_decide(viewer)
    if contact_seen(contact_id) is None:
        raise Http404
    act = put_back if "put-back" in request.POST else take_up
    act(contact_id=contact_id, by=viewer, now=timezone.now())
    return redirect("contact", contact_id)


@require_POST
@login_required
def contact_intelligence(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Passes it on as intelligence too, whatever is decided on it."""
    viewer = viewer_of(request)
    check_can_decide(viewer)
    if contact_seen(contact_id) is None:
        raise Http404
    receipt = pass_as_intelligence(contact_id=contact_id, by=viewer, now=timezone.now())
    messages.success(
        request, f"Passed on as intelligence. What becomes of {receipt.number} stands under “What I passed on”."
    )
    return redirect("contact", contact_id)


def _as_told(seen: Any) -> dict[str, Any]:
    """The answers that whoever told gave already."""
    factors = None if seen.factors is None else seen.factors or ["none"]
    return {"on_record": seen.what, "harms": seen.harms, "factors": factors}


def _shown(request: HttpRequest, seen: Any, form: DecisionForm) -> dict[str, Any]:
    viewer, now = viewer_of(request), timezone.now()
    open_ones = [one.subject_id for one in seen.named.all() if one.subject]
    suggestions = _suggestions(request, seen)
    shown_to = sorted({one.subject_id for found, _ in suggestions.values() for one in found} | set(open_ones))
    what = f"Contact {seen.reference}"
    record(viewer=viewer, action="read-contact", subjects=shown_to, what=what, because="The front door", now=now)
    beside = [] if seen.decided_at else waiting()[:BESIDE]
    return {
        "contact": show_contact(seen, suggestions, now, viewer.pk),
        "missing_letter": show_outcome(letter_of(seen.pk)) if seen.came_by == "email" else "",
        "form": form,
        "ways": ways(seen.pk, waits=seen.decided_at is None),
        "settled": form.settled,
        "unsettled": form.unsettled,
        "beside": [show_line(one, now, viewer.pk) for one in beside],
        "alike": [show_line(one, now, viewer.pk) for one in alike(seen)],
        "before": show_before(
            entries_lately(open_ones, now)[: MOST_BEFORE * 3],
            earlier_contacts(open_ones, seen.pk)[:MOST_BEFORE],
            open_work_on(open_ones),
            now,
        )
        if open_ones
        else None,
    }


def _suggestions(request: HttpRequest, seen: Any) -> dict[int, Any]:
    """Who may be meant by each whom nobody has settled; for one of them other words may be looked for."""
    if seen.decided_at:
        return {}
    asked, instead = request.GET.get("named", ""), request.GET.get("find", "").strip()[:100]
    today = timezone.localdate()
    found = {}
    for one in seen.named.all():
        if one.settled_at is None:
            text = instead if str(one.pk) == asked else ""
            found[one.pk] = (suggested(one, today, text), text)
    return found
