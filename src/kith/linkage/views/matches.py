"""The queue of unsure matches, and one match to decide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.linkage.actions import NotDecided, judge
from kith.linkage.forms import JudgementForm, QueueForm
from kith.linkage.permissions import can_undo, check_can_review_matches
from kith.linkage.presenters.judgements import JudgementShown, show_judgement
from kith.linkage.presenters.matches import glimpse, match_page, queue_row
from kith.linkage.presenters.parting import show_asked
from kith.linkage.queries.matches import (
    EVERYBODY,
    FIRST,
    ORDERS,
    WHO,
    agencies_in_review,
    compare,
    just_decided,
    match_under_review,
    next_match,
    page_of_matches,
    waiting_matches,
)
from kith.linkage.queries.parting import open_partings

NARROWED = ("who", "order", "agency")
UNDER_REVIEW = "An unsure match to be decided"


@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """Everything that awaits a decision."""
    check_can_review_matches(viewer_of(request))
    form = _queue_form(request)
    page, waiting = page_of_matches(waiting_matches(**_narrowed(request)), request.GET.get("page", "1"))
    rows = [queue_row(match, timezone.localdate()) for match in waiting]
    subjects = {side.subject for match in waiting for side in (match.left, match.right)}
    _looked(request, "list-matches", subjects, f"{len(waiting)} unsure matches")
    shown = {"page": page, "rows": rows, "queue_form": form, "kept": _kept(request)}
    partings = [show_asked(one) for one in open_partings()]
    narrowed = bool(request.GET.get("agency")) or request.GET.get("who", EVERYBODY) != EVERYBODY
    return render(
        request, "linkage/matches.jinja", shown | {"narrowed": narrowed, "undo": _undo(request), "partings": partings}
    )


@form_page("A match to decide")
def match(request: HttpRequest, match_id: int) -> HttpResponse:
    """Two people side by side: one person, two, or nobody can tell. The next one opens after."""
    viewer = viewer_of(request)
    check_can_review_matches(viewer)
    waiting = match_under_review(match_id)
    if waiting is None:
        raise Http404
    shown, form = match_page(compare(waiting)), fill(request, JudgementForm)
    if sent(request, form):
        after = next_match(waiting_matches(**_narrowed(request)), waiting)
        given = {"verdict": form.cleaned_data["verdict"], "reason": form.reason, "evidence": shown.evidence}
        try:
            judge(left=waiting.left.reference, right=waiting.right.reference, **given, by=viewer, now=timezone.now())
            return _on_to(request, after)
        except NotDecided as refused:
            form.add_error(None, str(refused))
    _looked(request, "read-match", {waiting.left.subject, waiting.right.subject}, "Match review")
    people = [(side.subject, glimpse(side).name) for side in (waiting.left, waiting.right) if len(side.records) > 1]
    words = {"match": shown, "people": people, "kept": _kept(request), "undo": _undo(request)}
    return show(request, "linkage/match.jinja", form, **words)


def _on_to(request: HttpRequest, after: int | None) -> HttpResponse:
    if after is None:
        messages.success(request, "That was the last one.")
        return redirect(f"{reverse('matches')}{_kept(request)}")
    return redirect(f"{reverse('match', args=[after])}{_kept(request)}")


def _queue_form(request: HttpRequest) -> QueueForm:
    orders = [(key, words) for key, (words, _) in ORDERS.items()]
    given = {"order": FIRST, "who": EVERYBODY} | {name: request.GET[name] for name in NARROWED if name in request.GET}
    return QueueForm(given, orders=orders, who=list(WHO.items()), agencies=agencies_in_review())


def _narrowed(request: HttpRequest) -> dict[str, Any]:
    """What the address says of the queue: its order, children or adults, and one agency."""
    chosen = {name: request.GET[name] for name in NARROWED if request.GET.get(name)}
    return {"today": timezone.localdate(), **chosen}


def _kept(request: HttpRequest) -> str:
    """The same as the end of an address, so that the next match comes from the same queue."""
    chosen = {name: request.GET[name] for name in NARROWED if request.GET.get(name)}
    return f"?{urlencode(chosen)}" if chosen else ""


def _undo(request: HttpRequest) -> JudgementShown | None:
    """What was decided last, while one press takes it back."""
    now, viewer = timezone.now(), viewer_of(request)
    last = just_decided(viewer, now)
    return show_judgement(last) if last and can_undo(viewer, last, now) else None


def _looked(request: HttpRequest, action: str, subjects: Any, what: str) -> None:
    record(
        viewer=viewer_of(request), action=action, subjects=subjects, what=what, because=UNDER_REVIEW, now=timezone.now()
    )
