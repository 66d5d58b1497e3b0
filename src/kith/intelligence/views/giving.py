"""Giving intelligence, hearing what became of it, and saying what came of what was received."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, mark_of, put_back
from kith.intelligence.actions import give, say_use
from kith.intelligence.forms import GiveForm, Named, UseForm
from kith.intelligence.permissions import check_can_give
from kith.intelligence.presenters import show_receipt, show_received
from kith.intelligence.queries import others
from kith.intelligence.rules.codes import listed
from kith.subjects.queries import chosen, found_by_words


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("Intelligence to pass on")
def new(request: HttpRequest) -> HttpResponse:
    """One page: what, when, how known, from whom, who and what is named."""
    viewer = viewer_of(request)
    check_can_give(viewer)
    named = Named.typed(request.POST if request.method == "POST" else put_back(request) or request.GET)
    named = replace(named, chosen=tuple((one.subject_id, one.kind, one.name) for one in chosen(named.about)))
    form = fill(request, GiveForm, today=timezone.localdate())
    ready = _ready(request, form, named)
    if ready and form.cleaned_data["danger_now"] and request.POST["save"] != "rung":
        return _page(request, viewer, form, named, stop=True)
    if not ready:
        return _page(request, viewer, form, named)
    receipt = give(given=form.given(named), by=viewer, now=timezone.now(), once=mark_of(request))
    messages.success(request, f"Thank you. It has reached those who grade it; its number is {receipt.number}.")
    return redirect("intelligence-mine")


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What whoever looks has passed on, in their own words, and what became of it."""
    check_can_give(viewer_of(request))
    shown = {"receipts": [show_receipt(one) for one in others.my_receipts()]}
    return render(request, "intelligence/mine.jinja", shown)


@require_safe
@login_required
def received(request: HttpRequest) -> HttpResponse:
    """What was passed on to one's own team or agency."""
    viewer = viewer_of(request)
    check_can_give(viewer)
    rows = [show_received(one) for one in others.received(viewer)]
    if rows:
        what = f"Read {len(rows)} pieces of intelligence that were passed on"
        record(viewer=viewer, action="read-intelligence", what=what, now=timezone.now())
    return render(request, "intelligence/received.jinja", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What came of intelligence")
def use(request: HttpRequest, passed_on_id: int) -> HttpResponse:
    """Used in a plan, or not used because."""
    viewer = viewer_of(request)
    check_can_give(viewer)
    passed = others.received_one(viewer, passed_on_id)
    if passed is None:
        raise Http404
    form = fill(request, UseForm)
    if request.method != "POST" or not form.is_valid():
        return render(request, "intelligence/use.jinja", {"form": form, "row": show_received(passed)})
    said = form.cleaned_data
    say_use(passed_on_id=passed_on_id, used=said["used"], text=said["text"], by=viewer, now=timezone.now())
    messages.success(request, "Thank you. Whoever gave it will hear of it.")
    return redirect("intelligence-received")


def _ready(request: HttpRequest, form: GiveForm, named: Named) -> bool:
    """Whether it is to be given, rather than a row added or a record found."""
    if request.method != "POST":
        return False
    if "save" not in request.POST:
        form.errors.clear()
        return False
    if wrong := named.unfit():
        form.add_error("find", wrong)
    return form.is_valid()


def _page(request: HttpRequest, viewer: Viewer, form: GiveForm, named: Named, *, stop: bool = False) -> HttpResponse:
    typed = request.POST.get("find", "").strip() if "look" in request.POST else ""
    found = found_by_words(typed, named.about, timezone.localdate())
    if typed:
        subjects = [one.subject_id for one in found]
        what = "Looked for whom intelligence may be about"  # not the words: somebody may type who told them
        record(viewer=viewer, action="search", what=what, subjects=subjects, now=timezone.now())
    shown: dict[str, Any] = {
        "form": form,
        "named": named,
        "kinds": listed("named"),
        "found": found,
        "looked_for": typed,
        "stop": stop,
    }
    return render(request, "intelligence/new.jinja", shown)
