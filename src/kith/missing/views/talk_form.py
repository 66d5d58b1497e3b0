"""Writing up a conversation on return, on a phone or later; a child's own words by a link; what people told by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts, put_back
from kith.missing.actions.alone import invite_alone
from kith.missing.actions.passing_on import told_by_hand
from kith.missing.actions.writing_up import WhatWasSaid, as_told, write_up
from kith.missing.forms.talk_form import AloneForm, Rows, WriteForm, standing_values
from kith.missing.permissions import check_can_talk
from kith.missing.presenters.talks import TalkShown
from kith.missing.queries import talks as queries
from kith.missing.rules.codes import listed
from kith.missing.rules.steps import NotAStep
from kith.missing.views.talks import seen


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A conversation on return")
def talk_write(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """What the child said, and to whom it may go; passed on as it is saved."""
    viewer, now, shown = *_talker(request), seen(request, conversation_id)[1]
    row = queries.said_of(conversation_id)
    stands = as_told(row) if row else None
    rows = _rows(request, stands)
    form = _form(request, shown, stands)
    problem = ""
    if request.method == "POST" and "save" not in request.POST:
        form.errors.clear()
    elif request.method == "POST":
        problem = rows.unfit()
        if form.is_valid() and not problem:
            answer = _save(request, shown, form, rows)
            if answer:
                return answer
    what = f"Opened the form of {shown.reference}"
    record(viewer=viewer, action="read-talk", subjects=[shown.subject_id], what=what, now=now)
    given = {"form": form, "rows": rows, "problem": problem, "kinds": listed("named"), "talk": shown}
    by_child = bool(row and row.by_child and not shown.is_written_up)
    return render(request, "missing/talk_write.jinja", {**given, "by_child": by_child})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def talk_alone(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """A link for the child's own device: by text message, or as letters to be typed."""
    viewer, now = _talker(request)
    shown = seen(request, conversation_id)[1]
    form = AloneForm(request.POST if request.method == "POST" else None)
    letters = ""
    if request.method == "POST" and form.is_valid():
        site = request.build_absolute_uri("/")
        given: dict[str, Any] = {"conversation_id": conversation_id, "phone": form.cleaned_data["phone"], "site": site}
        try:
            letters = invite_alone(by=viewer, now=now, **given)
            if not letters:
                messages.success(request, "The message is on its way to their phone.")
                return redirect("talk", conversation_id=conversation_id)
        except NotAStep as refused:
            form.add_error("phone", str(refused))
    page = {"form": form, "letters": letters, "talk": shown, "where": request.build_absolute_uri("/private")}
    return render(request, "missing/talk_alone.jinja", page)


@require_POST
@login_required
def talk_told(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """The school or health was told, by a person."""
    viewer, now = _talker(request)
    row = queries.said_of(conversation_id)
    if row is None:
        raise Http404
    told_by_hand(said_id=row.pk, recipient=request.POST.get("recipient", "")[:40], by=viewer, now=now)
    messages.success(request, "It is written down that they were told.")
    return redirect("talk", conversation_id=conversation_id)


def _talker(request: HttpRequest) -> tuple[Viewer, Any]:
    viewer = viewer_of(request)
    check_can_talk(viewer)
    return viewer, timezone.now()


def _rows(request: HttpRequest, stands: WhatWasSaid | None) -> Rows:
    typed = request.POST if request.method == "POST" else put_back(request)
    if typed is None and stands:
        return Rows.standing(stands)
    return Rows.typed(typed if typed is not None else request.GET)


def _form(request: HttpRequest, shown: TalkShown, stands: WhatWasSaid | None) -> WriteForm:
    local = timezone.localtime()
    first: dict[str, Any] = {"on": local.date(), "at": local.strftime("%H:%M")}
    initial = {**first, **(standing_values(stands) if stands else {})}
    given = {"held": shown.is_held, "written": shown.is_written_up, "names": (shown.child,)}
    return fill(request, WriteForm, initial=initial, **given)


def _save(request: HttpRequest, shown: TalkShown, form: WriteForm, rows: Rows) -> HttpResponse | None:
    viewer, now = viewer_of(request), timezone.now()
    try:
        write_up(
            conversation_id=shown.pk,
            said=form.said(rows),
            holding=form.holding(),
            parent=form.parent(),
            why=form.cleaned_data.get("why", ""),
            site=request.build_absolute_uri("/"),
            by=viewer,
            now=now,
        )
    except NotAStep as refused:
        form.add_error("on" if "on" in form.fields else "summary", str(refused))
        return None
    messages.success(request, "It is kept, and what was agreed has gone on.")
    return redirect("talk", conversation_id=shown.pk)
