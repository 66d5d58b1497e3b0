"""Conversations on return: the list for those who hold them, and one of them for each who may know of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, keeps_drafts
from kith.linkage.feeds.rejects_file import guarded
from kith.missing.actions.conversations import assign_talker, cover_no_longer, cover_too, take_step
from kith.missing.forms.talks import StepForm
from kith.missing.permissions import check_can_talk
from kith.missing.presenters.talk_said import show_said
from kith.missing.presenters.talks import (
    SHOWN_AS,
    TalkShown,
    measures_in_words,
    show_line,
    show_talk,
    step_choices,
)
from kith.missing.queries import talks as queries
from kith.missing.queries.talk_lists import how_many, listed_talks, measures, names_of
from kith.missing.rules.steps import NotAStep

A_PAGE = 50
SPANS = {"30": "the last 30 days", "90": "the last 90 days", "365": "the last year"}
COLUMNS = ["Conversation", "How it stands", "Clock", "Who holds it", "Absences covered", "Next offer"]


@require_safe
@login_required
def talks(request: HttpRequest) -> HttpResponse:
    """By time left, what is overdue first, with what the returns of some time came to."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_talk(viewer)
    show, talker, span = _asked(request)
    page = Paginator(listed_talks(show, talker), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    names = names_of({row.subject_id for row in rows})
    subjects, numbers = sorted(names), how_many()
    record(viewer=viewer, action="read-talks", subjects=subjects, what="Read the conversations on return", now=now)
    shown = {
        "lines": [show_line(row, names, now) for row in rows],
        "page": page,
        "show": show,
        "shows": [(key, words, numbers.get(key)) for key, words in SHOWN_AS.items()],
        "talkers": queries.talkers(),
        "talker": talker,
        "span": span,
        "spans": SPANS,
        "measures": measures_in_words(measures(now - timedelta(days=int(span)), now)),
        "kept": request.GET.urlencode(),
    }
    return render(request, "missing/talks.jinja", shown)


@require_safe
@login_required
def talks_csv(request: HttpRequest) -> HttpResponse:
    """The same list for a spreadsheet, without names."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_talk(viewer)
    show, talker, _ = _asked(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in listed_talks(show, talker):
        writer.writerow([guarded(cell) for cell in show_line(row, {}, now).cells])
    record(viewer=viewer, action="export-talks", what="Took the conversations on return away as a file", now=now)
    headers = {"Content-Disposition": f'attachment; filename="conversations-{timezone.localdate(now)}.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@login_required
def talk(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """How one stands, at the tier of whoever looks."""
    viewer, shown = seen(request, conversation_id)
    said = queries.said_of(conversation_id) if shown.reads_said else None
    what = f"Read how {shown.reference} stands{', and what was said' if said else ''}"
    record(viewer=viewer, action="read-talk", subjects=[shown.subject_id], what=what, now=timezone.now())
    talkers = queries.talkers() if shown.acts else []
    given = {"talk": shown, "talkers": talkers, "said": show_said(said) if said else None}
    return render(request, "missing/talk.jinja", given)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_drafts("What became of the offer of a conversation")
def talk_step(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Tell what happened."""
    viewer, now = viewer_of(request), timezone.now()
    check_can_talk(viewer)
    conversation = queries.talk(conversation_id)
    if conversation is None:
        raise Http404
    local = timezone.localtime(now)
    first = {"on": local.date(), "at": local.strftime("%H:%M")}
    form = fill(request, StepForm, steps=step_choices(conversation), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            take_step(conversation_id=conversation_id, taking=form.taking(), by=viewer, now=now)
            messages.success(request, "It is written down.")
            return redirect("talk", conversation_id=conversation_id)
        except NotAStep as refused:
            form.add_error("step", str(refused))
    shown = {"form": form, "reference": conversation.reference, "pk": conversation_id}
    return render(request, "missing/talk_step.jinja", shown)


@require_POST
@login_required
def talk_talker(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Who is to hold it."""
    given = {"talker_id": _number(request.POST.get("talker", ""))}
    return _done(request, conversation_id, assign_talker, given, "It is written down who holds it.")


@require_POST
@login_required
def talk_cover(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Which absences it covers: one more, or one in a conversation of its own."""
    act = cover_no_longer if "part" in request.POST else cover_too
    given = {"episode_id": _number(request.POST.get("part") or request.POST.get("add", ""))}
    return _done(request, conversation_id, act, given, "It is written down which absences it covers.")


def seen(request: HttpRequest, conversation_id: int) -> tuple[Viewer, TalkShown]:
    """A conversation as the viewer may see it; Http404 where there is none for them."""
    viewer, now = viewer_of(request), timezone.now()
    conversation = queries.talk(conversation_id)
    if conversation is None:
        raise Http404
    names = names_of({conversation.subject_id})
    return viewer, show_talk(conversation, viewer, names.get(conversation.subject_id, ""), now)


def _done(request: HttpRequest, conversation_id: int, act: Any, given: dict[str, Any], said: str) -> HttpResponse:
    viewer = viewer_of(request)
    check_can_talk(viewer)
    if queries.talk(conversation_id) is None:
        raise Http404
    try:
        act(conversation_id=conversation_id, by=viewer, now=timezone.now(), **given)
        messages.success(request, said)
    except NotAStep as refused:
        messages.error(request, str(refused))
    return redirect("talk", conversation_id=conversation_id)


def _asked(request: HttpRequest) -> tuple[str, int | None, str]:
    """What of the list, whose, and of how many days the measures are."""
    show, span = request.GET.get("show", ""), request.GET.get("days", "")
    talker = _number(request.GET.get("talker", ""))
    return show if show in SHOWN_AS else "running", talker or None, span if span in SPANS else "90"


def _number(typed: str) -> int:
    """A number as a page sends it; nought for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
