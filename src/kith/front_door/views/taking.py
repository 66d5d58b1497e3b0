"""Telling the front door while signed in, or writing down what it was told by phone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kith.foundations.access.viewing import viewer_of
from kith.foundations.design_system.words import day
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of
from kith.front_door.actions import receive
from kith.front_door.forms.taking import TakingForm
from kith.front_door.permissions import can_decide
from kith.front_door.queries.queue import is_at_front_door
from kith.subjects.permissions import check_can_write


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Something told to the front door")
def contact_new(request: HttpRequest) -> HttpResponse:
    """One page; the front door goes on to the contact, everybody else hears its reference."""
    viewer = viewer_of(request)
    check_can_write(viewer)
    form = fill(request, TakingForm, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        receipt = receive(told=form.told(viewer), once=mark_of(request), now=timezone.now())
        said = (
            f"The front door has it. Its reference is {receipt.reference}; an answer comes by {day(receipt.reply_by)}."
        )
        messages.success(request, said)
        decides = can_decide(viewer) and is_at_front_door(viewer)
        return redirect("contact", receipt.contact_id) if decides else redirect("desk")
    return render(request, "front_door/taking.jinja", {"form": form})
