"""Telling of a critical moment; the list of those who answer; one moment and what is done about it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.design_system.words import moment as moment_in_words
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.linkage.feeds.rejects_file import guarded
from kith.moments.actions import responding, tying
from kith.moments.actions.receiving import tell_of
from kith.moments.forms.moments import AsideForm, CloseForm, FindForm, OfferForm, TellForm
from kith.moments.permissions import can_respond, check_can_answer_any, check_can_respond, check_can_tell
from kith.moments.presenters import moments as shown
from kith.moments.presenters.tabs import tabs
from kith.moments.queries import moments as asked
from kith.moments.queries.matching import may_be
from kith.moments.rules.codes import choices, where_from

A_PAGE = 25
COLUMNS = ["Reference", "What", "Told", "Ring back by", "Rung back", "State"]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A critical moment")
def new(request: HttpRequest) -> HttpResponse:
    """Tell of a critical moment in a minute."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_tell(viewer)
    number = viewer.phone or (viewer.agency.phone if viewer.agency else "")
    form = fill(request, TellForm, today=timezone.localdate(now), initial={"callback": number})
    if request.method != "POST" or not form.is_valid():
        return render(request, "moments/new.jinja", {"form": form, "where_from": where_from()})
    told = tell_of(told=form.told(), by=viewer, now=now, once=mark_of(request))
    by = moment_in_words(told.call_back_by, now)
    messages.success(request, f"Told as {told.reference}. Whoever is on call was paged; you are rung back by {by}.")
    return redirect("moments-mine")


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I told, and how far it has come. Nothing else."""
    viewer = viewer_of(request)
    check_can_tell(viewer)
    rows = shown.show_own(asked.told_by(viewer), timezone.now())
    return render(request, "moments/mine.jinja", {"rows": rows, "tabs": tabs(viewer, "moments-mine")})


@require_safe
@login_required
def moments(request: HttpRequest) -> HttpResponse:
    """Open ones, by the time left; closed ones; by kind; those I have taken."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_answer_any(viewer)
    narrowed, chosen = _narrowed(request, viewer)
    page = Paginator(narrowed, A_PAGE).get_page(request.GET.get("page"))
    names = asked.names_of(one.subject_id for one in page)
    record(viewer=viewer, action="read-moments", what="Read the list of critical moments", now=now)
    rows = [shown.show(one, names, now) for one in page]
    kinds = [("", "Every kind"), *choices("kinds")]
    context = {"page": page, "rows": rows, "chosen": chosen, "kinds": kinds, "tabs": tabs(viewer, "moments")}
    return render(request, "moments/list.jinja", context)


@require_safe
@login_required
def moments_csv(request: HttpRequest) -> HttpResponse:
    """The same list for a spreadsheet, without anybody's name."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_answer_any(viewer)
    narrowed, _ = _narrowed(request, viewer)
    record(viewer=viewer, action="export-moments", what="Took the list of critical moments away", now=now)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in narrowed:
        rung = one.called_back_at.isoformat() if one.called_back_at else ""
        state = "Closed" if one.closed_at else ("Taken" if one.taken_at else "Not taken")
        row = shown.show(one, {}, now)
        cells = [one.reference, row.kind, one.told_at.isoformat(), one.call_back_by.isoformat(), rung, state]
        writer.writerow([guarded(cell) for cell in cells])
    headers = {"Content-Disposition": 'attachment; filename="critical-moments.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What came of a critical moment")
def moment(request: HttpRequest, moment_id: int) -> HttpResponse:
    """One moment: what was told, what was done, and what is to be done next."""
    viewer, now, held = viewer_of(request), timezone.now(), _one(moment_id)
    doing = request.POST.get("do", "")
    forms = _forms(request, doing)
    if request.method == "POST":
        check_can_respond(viewer, held)
        said = _do(doing, forms, {"moment_id": moment_id, "by": viewer, "now": now})
        if said:
            messages.success(request, said)
            return redirect("moment", moment_id)
    names = asked.names_of([held.subject_id])
    subjects = [held.subject_id] if held.subject_id else []
    record(viewer=viewer, action="read-moment", subjects=subjects, what=f"Read {held.reference}", now=now)
    page = {
        "shown": shown.show(held, names, now),
        "steps": shown.show_steps(asked.steps_of(held), now),
        "offers": shown.show_offers(asked.standing_offers(held), now),
        "forms": forms,
        "may_respond": can_respond(viewer, held),
        "record_open": asked.is_open_to_me(held.subject_id),
        "mine": held.taken_by_id == viewer.pk,
        "rung": held.called_back_at is not None,
    }
    return render(request, "moments/one.jinja", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def match(request: HttpRequest, moment_id: int) -> HttpResponse:
    """Which child on record is meant."""
    viewer, now, held = viewer_of(request), timezone.now(), _one(moment_id)
    check_can_respond(viewer, held)
    if request.method == "POST" and request.POST.get("do") == "part":
        tying.part(moment=held, by=viewer, now=now)
        messages.success(request, "It is no longer tied to that record.")
        return redirect("moment", moment_id)
    if request.method == "POST" and _number(request.POST.get("subject", "")):
        tying.say_who(moment=held, subject_id=_number(request.POST["subject"]), by=viewer, now=now)
        messages.success(request, "Found on record. Those who work with the child are told.")
        return redirect("moment", moment_id)
    form = FindForm(request.GET or None)
    instead = request.GET.get("find", "")[:100].replace("\x00", "")
    today = timezone.localdate(now)
    found = may_be(held.given_name, held.given_born, held.given_nhs_number, instead, today)
    subjects = [one.subject_id for one in found]
    record(viewer=viewer, action="search", subjects=subjects, what=f"Looked for whom {held.reference} means", now=now)
    names = asked.names_of([held.subject_id])
    page = {"form": form, "found": found, "shown": shown.show(held, names, now), "looked_for": instead}
    return render(request, "moments/match.jinja", page)


def _forms(request: HttpRequest, doing: str) -> dict[str, Form]:
    return {
        "offer": OfferForm(request.POST if doing == "offer" else None),
        "close": fill(request, CloseForm) if doing in {"", "close"} else CloseForm(),
        "aside": AsideForm(request.POST if doing == "aside" else None),
    }


def _do(doing: str, forms: dict[str, Form], given: dict[str, Any]) -> str:
    """Does one thing and answers what was done; nothing where the form has a problem."""
    if doing in forms:
        form = forms[doing]
        return _SENT[doing](given, form.cleaned_data) if form.is_valid() else ""
    if doing in _PRESSED:
        verb, said = _PRESSED[doing]
        verb(**given)
        return said
    return ""


def _offered(given: dict[str, Any], said: dict[str, Any]) -> str:
    responding.offer(**given, service=said["service"], answer=said["answer"])
    return "Noted what was offered."


def _closed(given: dict[str, Any], said: dict[str, Any]) -> str:
    responding.close(**given, came_of=said["came_of"])
    return "Closed. What came of it is kept."


def _put_aside(given: dict[str, Any], said: dict[str, Any]) -> str:
    responding.set_aside(**given, reason=said["reason"])
    return "Set aside. It is counted with its reason."


_SENT: dict[str, Callable[[dict[str, Any], dict[str, Any]], str]] = {
    "offer": _offered,
    "close": _closed,
    "aside": _put_aside,
}
_PRESSED: dict[str, tuple[Callable[..., object], str]] = {
    "take": (responding.take, "It is yours."),
    "take-over": (responding.take_over, "It is yours."),
    "called": (responding.call_back, "Rung back. Say now what you offered."),
    "reopen": (responding.reopen, "Opened again."),
}


def _narrowed(request: HttpRequest, viewer: Viewer) -> tuple[Any, dict[str, Any]]:
    kinds = dict(choices("kinds"))
    kind = request.GET.get("kind", "")
    chosen: dict[str, Any] = {
        "closed": "closed" in request.GET,
        "kind": kind if kind in kinds else "",
        "mine": "mine" in request.GET,
    }
    rows = asked.narrowed(closed=chosen["closed"], kind=chosen["kind"], mine=viewer if chosen["mine"] else None)
    return rows, chosen


def _one(moment_id: int) -> Any:
    held = asked.moment_numbered(moment_id)
    if held is None:
        raise Http404
    return held


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
