"""The rota, swapping shifts, handing over, and the calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.models import Team
from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.moments.actions.calendars import end_calendar, make_calendar, shifts_at
from kith.moments.actions.handing_over import hand_over, take_over
from kith.moments.actions.rota import NewShift, add_shifts, offer_shift, take_off, take_shift, undo_swap
from kith.moments.forms.rota import HandoverForm, ShiftForm
from kith.moments.permissions import (
    check_can_answer_any,
    check_can_see_rota,
    check_is_on_a_rota,
    is_on_a_rota,
)
from kith.moments.presenters import rota as shown
from kith.moments.presenters.tabs import tabs
from kith.moments.queries import rota as asked
from kith.moments.queries.moments import open_moments_of
from kith.moments.rules.rota import ShiftKind


@require_safe
@login_required
def on_call(request: HttpRequest) -> HttpResponse:
    """Who is on call now, this week and next; gaps; shifts on offer."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_see_rota(viewer)
    in_partnership = bool(viewer.agency and viewer.agency.in_partnership)
    teams = list(asked.response_teams()) if in_partnership else []
    kept = {team.pk for team in asked.teams_kept_by(viewer)}
    first, last = shown.stretch(now)
    shifts = asked.shifts_between(min(first, now), last, teams)
    offered = asked.offered(now)
    mine = set(viewer.teams.values_list("pk", flat=True))
    page = {
        "teams": [shown.show_team(team, shifts, offered, viewer, team.pk in kept, now) for team in teams],
        "offered": shown.show_offered(offered, viewer, mine) if kept else (),
        "swapped": shown.show_swapped(asked.swapped(), viewer, now) if kept else (),
        "keeps": bool(kept),
        "has_calendar": is_on_a_rota(viewer),
        "tabs": tabs(viewer, "on-call"),
    }
    return render(request, "moments/on_call.jinja", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A shift")
def shift_new(request: HttpRequest) -> HttpResponse:
    """Put somebody on the rota, also each week."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_answer_any(viewer)
    teams = list(asked.teams_kept_by(viewer))
    people = [(team, who) for team in teams for who in asked.members([team])]
    form = fill(request, ShiftForm, people=people, today=timezone.localdate(now))
    if request.method != "POST" or not form.is_valid():
        return render(request, "moments/shift_new.jinja", {"form": form})
    said = form.cleaned_data
    team, who = form.chosen()
    new = NewShift(who, ShiftKind(said["kind"]), said["day"], said["phone"], int(said["weeks"]))
    added = add_shifts(team=team, new=new, by=viewer, now=now)
    what = "1 shift is" if len(added) == 1 else f"{len(added)} shifts are"
    messages.success(request, f"{what} on the rota." if added else f"{who.name} has these shifts already.")
    return redirect("on-call")


@require_POST
@login_required
def shift_offer(request: HttpRequest, shift_id: int) -> HttpResponse:
    """First click of a swap: somebody else may have it."""
    offer_shift(shift=_shift(shift_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, "Offered to the team. Whoever takes it first has it; until then it is yours.")
    return redirect("on-call")


@require_POST
@login_required
def shift_off(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Off the rota; kept on record."""
    take_off(shift=_shift(shift_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, "Taken off the rota. Look for the gap it leaves.")
    return redirect("on-call")


@require_POST
@login_required
def swap_take(request: HttpRequest, swap_id: int) -> HttpResponse:
    """Second click of a swap."""
    swap = take_shift(swap_id=_swap(swap_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, f"The shift is yours: {shown.shift_in_words(swap.shift)}.")
    return redirect("on-call")


@require_POST
@login_required
def swap_undo(request: HttpRequest, swap_id: int) -> HttpResponse:
    """As it was before."""
    undo_swap(swap_id=_swap(swap_id), by=viewer_of(request), now=timezone.now())
    messages.success(request, "Undone. The shift is where it was.")
    return redirect("on-call")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A note for whoever takes over")
def handover(request: HttpRequest) -> HttpResponse:
    """What is open, what whoever leaves says, and what was taken over."""
    viewer, now = viewer_of(request), timezone.now()
    check_is_on_a_rota(viewer)
    teams = list(asked.teams_of(viewer))
    form = fill(request, HandoverForm)
    if request.method == "POST" and form.is_valid() and teams:
        hand_over(team=teams[0], text=form.cleaned_data["text"], by=viewer, now=now)
        messages.success(request, "It stands on the list until somebody takes it over.")
        return redirect("on-call-handover")
    page: dict[str, Any] = {"form": form, "teams": [_handover(team) for team in teams]}
    return render(request, "moments/handover.jinja", page | {"tabs": tabs(viewer, "on-call-handover")})


@require_POST
@login_required
def handover_take(request: HttpRequest, note_id: int) -> HttpResponse:
    """Whoever takes over says so."""
    if not asked.note_exists(note_id):
        raise Http404
    take_over(note_id=note_id, by=viewer_of(request), now=timezone.now())
    messages.success(request, "Taken over. It is yours now.")
    return redirect("on-call-handover")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar address: made, made anew, ended. The secret is shown once."""
    viewer, now = viewer_of(request), timezone.now()
    check_is_on_a_rota(viewer)
    secret = ""
    if request.method == "POST" and request.POST.get("do") == "end":
        end_calendar(by=viewer, now=now)
        messages.success(request, "The address no longer works.")
        return redirect("on-call-calendar")
    if request.method == "POST":
        secret = make_calendar(by=viewer, now=now)
    address = request.build_absolute_uri(reverse("on-call-feed", args=[secret])) if secret else ""
    stands = asked.calendar_of(viewer)
    response = render(request, "moments/calendar.jinja", {"address": address, "stands": stands})
    response["Cache-Control"] = "no-store, private"
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, calendar_secret: str) -> HttpResponse:
    """The shifts of whoever's secret it is, for a calendar that cannot sign in. It names nobody."""
    now = timezone.now()
    shifts = shifts_at(secret=calendar_secret, by=None, now=now)
    if shifts is None:
        raise Http404
    file = shown.calendar_file(shifts, request.get_host(), now)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _shift(shift_id: int) -> Any:
    shift = asked.shift_numbered(shift_id)
    if shift is None:
        raise Http404
    return shift


def _swap(swap_id: int) -> int:
    if asked.swap_numbered(swap_id) is None:
        raise Http404
    return swap_id


def _handover(team: Team) -> dict[str, Any]:
    return {
        "team": team,
        "open": open_moments_of(team),
        "notes": asked.notes_to_hand_over(team),
        "taken": asked.notes_taken_over(team),
    }
