"""Asking parents and carers what they have noticed, and answering them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.missing.actions.follow_ups import plan_follow_up, reply_to_parent, stop_follow_up
from kith.missing.forms.talk_follow_up import AskingForm, ReplyForm, StopForm
from kith.missing.permissions import check_can_talk
from kith.missing.presenters.talk_follow_ups import SHOWN_AS, asked_in_words, show_follow_up
from kith.missing.queries import follow_ups as queries
from kith.missing.queries.talks import talk
from kith.missing.rules.steps import NotAStep
from kith.missing.talks_permissions import can_read_said

A_PAGE = 50
A_YEAR = timedelta(days=365)


@require_safe
@login_required
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Who is asked, who told us something, whose reply is due."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_talk(viewer)
    show = request.GET.get("show", "")
    show = show if show in SHOWN_AS else "reply"
    page = Paginator(queries.follow_ups(show), A_PAGE).get_page(request.GET.get("page"))
    lines = [show_follow_up(row, now) for row in page.object_list]
    subjects = sorted({row.subject_id for row in page.object_list})
    record(viewer=viewer, action="read-follow-ups", subjects=subjects, what="Read what parents were asked", now=now)
    measures = asked_in_words(queries.how_it_went(now - A_YEAR))
    shown = {"lines": lines, "page": page, "show": show, "shows": SHOWN_AS, "measures": measures}
    return render(request, "missing/follow_ups.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A reply to a parent or carer")
def follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """What one told us, and the reply to them."""
    viewer, now = viewer_of(request), timezone.now()
    row = queries.follow_up(follow_up_id)
    if row is None or not can_read_said(viewer):
        raise Http404
    stopping = "stop" in request.POST
    form = fill(request, StopForm if stopping else ReplyForm)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"follow_up_id": follow_up_id, "by": viewer, "now": now}
        try:
            if stopping:
                stop_follow_up(**given, because=form.cleaned_data["because"])
                messages.success(request, "They are not asked.")
            else:
                reply_to_parent(**given, text=form.cleaned_data["text"], site=request.build_absolute_uri("/"))
                messages.success(request, "Your reply is on its way.")
            return redirect("follow-up", follow_up_id=follow_up_id)
        except NotAStep as refused:
            form.add_error("because" if stopping else "text", str(refused))
    record(viewer=viewer, action="read-follow-up", subjects=[row.subject_id], what=f"Read {row.reference}", now=now)
    shown = show_follow_up(row, now, queries.talk_about(row))
    forms = {"form": ReplyForm() if stopping else form, "stop": form if stopping else StopForm()}
    return render(request, "missing/follow_up.jinja", {"row": shown, **forms})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("A parent or carer to be asked")
def talk_follow_up(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Name a parent or carer who is asked some days after the return."""
    viewer, now = viewer_of(request), timezone.now()
    conversation = talk(conversation_id)
    if conversation is None or not can_read_said(viewer):
        raise Http404
    form = fill(request, AskingForm, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        plan_follow_up(conversation_id=conversation_id, asking=form.asking(), by=viewer, now=now)
        messages.success(request, "They will be asked.")
        return redirect("talk", conversation_id=conversation_id)
    shown = {"form": form, "pk": conversation_id, "reference": conversation.reference}
    return render(request, "missing/talk_follow_up.jinja", shown)
