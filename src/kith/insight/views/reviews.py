"""Ratings reviewed at meetings: the list, a new review, one review, one rating, and answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kith.foundations.access.viewing import viewer_of
from kith.foundations.drafts.forms_at import fill, form_page, sent, show
from kith.insight.actions.reviews import answer_rating, begin_review, finish_rating, write_rating
from kith.insight.forms.reviews import AnswerForm, RatingForm, ReviewForm
from kith.insight.permissions import can_see_figures, check_see_figures
from kith.insight.presenters.reviews import (
    may_answer,
    rows_of,
    seen_of,
    show_asked,
    show_rating,
    show_ratings,
    show_reviews,
)
from kith.insight.queries import reviews as ask
from kith.insight.queries.cuts import latest_cut
from kith.insight.report_permissions import can_write_reports, check_write_reports
from kith.insight.rules.measures import DASHBOARDS
from kith.insight.views.waiting import waits_for_the_first_cut

if TYPE_CHECKING:
    from kith.insight.models import Rating, RatingsReview
    from kith.insight.presenters.figures import MeasureRow

A_PAGE = 25


@require_safe
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review, the newest meeting first; above it what waits for the executive."""
    viewer, today = viewer_of(request), timezone.localdate()
    check_see_figures(viewer)
    page = Paginator(ask.reviews(), A_PAGE).get_page(request.GET.get("page"))
    waits = show_ratings(ask.waits_for_executive(), today)
    shown = {"page": page, "lines": show_reviews(page, ask.how_many_said(page)), "waits": waits,
             "may_write": can_write_reports(viewer), "has_cut": latest_cut() is not None}  # fmt: skip
    return render(request, "insight/reviews.jinja", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@waits_for_the_first_cut
def new(request: HttpRequest) -> HttpResponse:
    """Which dashboard, who met, when."""
    viewer, now, cut = viewer_of(request), timezone.now(), latest_cut()
    check_write_reports(viewer)
    if cut is None:
        return redirect("reviews")
    first = {"dashboard": request.GET.get("dashboard", "")}
    form = ReviewForm(request.POST or None, today=timezone.localdate(), initial=first)
    if sent(request, form):
        return redirect("review", begin_review(cut=cut, by=viewer, now=now, **form.cleaned_data).pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "insight/reviews_new.jinja", {"form": form, "cut": cut}, status=status)


@require_safe
@login_required
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """What is red or amber, and what the meeting said of each."""
    found, viewer = _review(request, review_id), viewer_of(request)
    asked = show_asked(found, ask.ratings_of(found), timezone.localdate())
    shown = {"review": found, "dashboard": DASHBOARDS.get(found.dashboard, found.dashboard), "asked": asked,
             "left": sum(one.said is None for one in asked), "may_write": can_write_reports(viewer)}  # fmt: skip
    return render(request, "insight/reviews_one.jinja", shown)


@form_page("What a meeting said of a rating")
def write(request: HttpRequest, review_id: int, rated: str) -> HttpResponse:
    """Commentary, action, owner, day, and whether it is escalated; earlier versions below."""
    viewer, now = viewer_of(request), timezone.now()
    check_write_reports(viewer)
    found = _review(request, review_id)
    row, standing = _row(found, rated), ask.ratings_of(found).get(rated)
    form = fill(request, RatingForm, owners=ask.owners(), initial=_first(standing))
    if sent(request, form):
        write_rating(review=found, seen=seen_of(row), said=form.said(), by=viewer, now=now)
        return redirect("review", found.pk)
    earlier = show_ratings(ask.versions(found, rated), timezone.localdate())
    shown = {"review": found, "row": row, "versions": earlier, "seen": seen_of(row)}
    return show(request, "insight/reviews_write.jinja", form, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rating(request: HttpRequest, rating_id: int) -> HttpResponse:
    """What a meeting said of a measure; its owner says that it is done, a leader answers what was escalated."""
    viewer, now = viewer_of(request), timezone.now()
    found = ask.rating_or_none(rating_id) if can_see_figures(viewer) else None
    if found is None:
        raise Http404
    shown = show_rating(found, timezone.localdate())
    finishes = found.owner_id == viewer.pk and not shown.done
    answers = found.escalated and may_answer(viewer) and not shown.answer
    done = AnswerForm(_sent(request, "done"), prefix="done", label="What was done, and what came of it?")
    answer = AnswerForm(_sent(request, "answer"), prefix="answer", label="What does the executive decide?")
    if answers and answer.is_valid():
        answer_rating(rating=found, words=answer.cleaned_data["words"], by=viewer, now=now)
    elif finishes and done.is_valid():
        finish_rating(rating=found, words=done.cleaned_data["words"], by=viewer, now=now)
    else:
        filled = {"one": shown, "done": done if finishes else None, "answer": answer if answers else None}
        status = 422 if request.method == "POST" else 200
        return render(request, "insight/reviews_rating.jinja", filled, status=status)
    messages.success(request, "Your answer is kept with the rating.")
    return redirect("rating", found.pk)


def _sent(request: HttpRequest, which: str) -> Mapping[str, object] | None:
    return request.POST if request.method == "POST" and which in request.POST else None


def _first(standing: Rating | None) -> dict[str, object]:
    if standing is None:
        return {}
    kept = {name: getattr(standing, name) for name in ("commentary", "action", "due", "escalated")}
    return {**kept, "owner": str(standing.owner_id)}


def _review(request: HttpRequest, review_id: int) -> RatingsReview:
    found = ask.review_or_none(review_id) if can_see_figures(viewer_of(request)) else None
    if found is None:
        raise Http404
    return found


def _row(review: RatingsReview, rated: str) -> MeasureRow:
    found = next((row for row in rows_of(review) if row.key == rated), None)
    if found is None:
        raise Http404
    return found
