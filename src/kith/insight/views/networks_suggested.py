"""Links that rules point out: accepted or declined by somebody to whom both records are open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.insight.actions.networks_suggested import accept_suggestion, decline_suggestion, undo_decision
from kith.insight.forms.networks_suggested import DeclineForm
from kith.insight.queries import networks_suggested as ask
from kith.insight.rules.suggesting import RULES
from kith.subjects.permissions import check_can_write

SHOWN = 100


@require_safe
@login_required
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the rules point out among those whom somebody works with, and what they decided."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_write(viewer)
    found = ask.proposals(viewer, now)
    names = {pk: name for one in found[:SHOWN] for pk, name in (ask.pair_open(one.first, one.second) or {}).items()}
    if found:
        what = f"Saw {len(names)} people among suggested links"
        record(viewer=viewer, action="list-suggestions", subjects=list(names), what=what, now=now)
    shown = {
        "found": [one for one in found[:SHOWN] if {one.first, one.second} <= names.keys()],
        "more": max(0, len(found) - SHOWN),
        "names": names,
        "decided": ask.decided_by(viewer),
        "rules": RULES,
    }
    return render(request, "insight/networks_suggestions.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A suggested link")
def suggestion(request: HttpRequest, one_id: int, other_id: int) -> HttpResponse:
    """One pair: why it is suggested, and what is decided."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_write(viewer)
    first, second = sorted((one_id, other_id))
    names = ask.pair_open(first, second)
    if names is None:
        raise Http404
    if "undo" in request.POST:
        undo_decision(one_id=first, other_id=second, by=viewer, now=now)
        messages.success(request, "Taken back. It may be suggested again.")
        return redirect("suggestions")
    proposal = next(iter(ask.proposals_among([first, second], now)), None)
    form = fill(request, DeclineForm)
    if proposal and "accept" in request.POST:
        accept_suggestion(proposal=proposal, by=viewer, now=now)
        messages.success(request, "It stands as evidence of a link on both records, under your name.")
        return redirect("suggestions")
    if proposal and "decline" in request.POST and form.is_valid():
        decline_suggestion(proposal=proposal, because=form.cleaned_data["because"], by=viewer, now=now)
        messages.success(request, "Declined. It is not suggested again.")
        return redirect("suggestions")
    record(viewer=viewer, action="list-suggestions", subjects=[first, second], what="Saw a suggested link", now=now)
    decided = ask.decision_on(first, second)
    shown: dict[str, Any] = {
        "proposal": proposal,
        "names": [names[first], names[second]],
        "pair": (first, second),
        "form": form,
        "decided": decided,
        "mine": decided is not None and decided.by_id == viewer.pk,
        "linked": ask.are_linked(first, second),
    }
    return render(request, "insight/networks_suggestion.jinja", shown)
