"""Breaking the glass, and looking afterwards at whether that was right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kith.foundations.access.actions import break_glass, review_break_glass
from kith.foundations.access.permissions import NotAllowed, can_break_glass, can_review, check_may
from kith.foundations.access.queries import break_glasses
from kith.foundations.access.rules import BREAK_GLASS_LASTS, BREAK_GLASS_REVIEW_WITHIN, Permission
from kith.foundations.access.viewing import viewer_of
from kith.foundations.audit.actions import record
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.governance import queries
from kith.governance.forms import BreakGlassForm, ReviewForm
from kith.governance.presenters import present_glass, present_lines

HOURS = int(BREAK_GLASS_LASTS.total_seconds() // 3600)
UNKNOWN = "A record you cannot see"


@form_page("Why a record was opened outside your work")
def break_the_glass(request: HttpRequest, subject_id: int) -> HttpResponse:
    """Stands in the way once: why you might, who will be told, for how long. Only behind a headline one may see."""
    now = timezone.now()
    headline, scope = queries.headline_to_break(subject_id), queries.circle_behind(subject_id)
    if headline is None or scope is None:
        raise Http404
    if queries.subject_for_who_looked(subject_id) is not None:
        return redirect("record", subject_id)
    form = fill(request, BreakGlassForm)
    if sent(request, form):
        ground, reason = form.cleaned_data["ground"], form.cleaned_data["reason"]
        break_glass(
            viewer=viewer_of(request), subject_id=subject_id, scope=scope, ground=ground, reason=reason, now=now
        )
        messages.success(request, f"This record is open to you for {HOURS} hours. Its workers have been told.")
        return redirect("record", subject_id)
    check_may(viewer_of(request), Permission.BREAK_GLASS)
    shown = {"headline": headline, "hours": HOURS, "days": BREAK_GLASS_REVIEW_WITHIN}
    return show(request, "governance/break_glass.jinja", form, **shown, may=can_break_glass(viewer_of(request), now))


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Each time the glass was broken on a record that is the viewer's to review: what is due, then what was said."""
    check_may(viewer_of(request), Permission.REVIEW_BREAK_GLASS)
    now = timezone.now()
    due, done = list(break_glasses(reviewed=False)), list(break_glasses(reviewed=True)[:50])
    about = _about([broken.subject_id for broken in [*due, *done]])
    subjects = {broken.subject_id for broken in [*due, *done]}
    record(viewer=viewer_of(request), action="read-glass", subjects=subjects, because="Reviews broken glass", now=now)
    shown = {
        "due": [present_glass(broken, about.get(broken.subject_id, UNKNOWN), now) for broken in due],
        "done": [present_glass(broken, about.get(broken.subject_id, UNKNOWN), now) for broken in done],
    }
    return render(request, "governance/glass_reviews.jinja", shown)


@form_page("A review of a broken glass")
def review(request: HttpRequest, broken_id: int) -> HttpResponse:
    """One breaking of the glass: why, what was looked at, and the reviewer's word."""
    check_may(viewer_of(request), Permission.REVIEW_BREAK_GLASS)
    now = timezone.now()
    broken = queries.one_break_glass(broken_id)
    if broken is None:
        raise Http404
    form = fill(request, ReviewForm)
    if sent(request, form):
        try:
            review_break_glass(broken=broken, by=viewer_of(request), now=now, **form.cleaned_data)
        except NotAllowed as refused:
            form.add_error("note", str(refused))
        else:
            messages.success(request, "Your review is kept.")
            return redirect("break-glass-reviews")
    about = _about([broken.subject_id]).get(broken.subject_id, UNKNOWN)
    lines = present_lines(queries.looks_while_broken(broken))
    shown = {
        "glass": present_glass(broken, about, now, lines),
        "may": can_review(viewer_of(request), broken),
    }
    _note_reading(request, broken.subject_id, now)
    return show(request, "governance/glass_review.jinja", form, **shown)


def _note_reading(request: HttpRequest, subject_id: int, now: datetime) -> None:
    because = "Reviews broken glass"
    record(viewer=viewer_of(request), action="read-glass", subjects=[subject_id], because=because, now=now)


def _about(subject_ids: Iterable[int]) -> dict[int, str]:
    """Names for those who see the record, number and initials for auditors."""
    ids = list(subject_ids)
    labels = {key: f"Record {label.words}" for key, label in queries.labels_of(ids).items()}
    return labels | {key: subject.name for key, subject in queries.subjects_by_id(ids).items()}
