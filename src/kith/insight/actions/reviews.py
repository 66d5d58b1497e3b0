"""Ratings of a dashboard are reviewed at a meeting: what is said of each, who does what by when, what is escalated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.rules import Role, says_something
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE
from kith.foundations.notices.actions import News, tell
from kith.insight.models import Cut, Rating, RatingAnswer, RatingsReview
from kith.insight.permissions import check_see_figures
from kith.insight.queries.reviews import leaders, owners, rating_or_none
from kith.insight.report_permissions import check_write_reports
from kith.insight.rules.measures import DASHBOARDS, measures

NOT_YET = "A meeting is reviewed on its day or afterwards."
NOT_SHOWN_THERE = "This measure is not on the dashboard that was reviewed."
NOT_OF_STAFF = "Choose a member of staff who sees figures: somebody by name answers for an action."
SAY_MORE = "Say in a few words what it means and what will be done."
NOT_ESCALATED = "Only what was escalated is answered, by a leader of the partnership."
NOT_THE_OWNER = "Whoever answers for an action says that it is done."
ANSWERED = "This was answered already."


@dataclass(frozen=True)
class Seen:
    """A rating as it stood on the page: the measure, its colour, and its number in words."""

    measure: str
    colour: str
    words: str


@dataclass(frozen=True)
class RatingSaid:
    """What a meeting said of a rating."""

    commentary: str
    action: str
    owner: Viewer
    due: date
    escalated: bool = False


@transaction.atomic
def begin_review(*, dashboard: str, cut: Cut, group: str, met_on: date, by: Viewer, now: datetime) -> RatingsReview:
    """A meeting reviews a dashboard. Raises NotAllowed, also for a meeting that has not been."""
    check_write_reports(by)
    if dashboard not in DASHBOARDS or not group.strip():
        raise NotAllowed("Say which dashboard was reviewed, and who met.")
    if met_on > now.astimezone(HERE).date():
        raise NotAllowed(NOT_YET)
    review = RatingsReview.objects.create(
        scope_id=cut.scope_id, dashboard=dashboard, cut=cut, group=group.strip(), met_on=met_on, by=by, at=now
    )
    what = f"Began a review of ratings: {DASHBOARDS[dashboard]}, {review.group}, {met_on}"
    record(viewer=by, action="review-ratings", what=what, details={"review": review.pk, "cut": cut.pk}, now=now)
    return review


@transaction.atomic
def write_rating(*, review: RatingsReview, seen: Seen, said: RatingSaid, by: Viewer, now: datetime) -> Rating:
    """What the meeting said of a measure, or a new version of it; its owner is told, and leaders what is escalated.
    Raises NotAllowed."""
    check_write_reports(by)
    _check_said(review, seen, said)
    rating = Rating.objects.create(
        review=review,
        scope_id=review.scope_id,
        measure=seen.measure,
        colour=seen.colour,
        seen=seen.words[:200],
        commentary=said.commentary.strip(),
        action=said.action.strip(),
        owner=said.owner,
        due=said.due,
        escalated=said.escalated,
        by=by,
        at=now,
    )
    title = measures()[seen.measure].title
    record(viewer=by, action="write-rating", what=f"Wrote of a rating: {title}", details={"rating": rating.pk}, now=now)
    _tell(rating, title, now)
    return rating


def _check_said(review: RatingsReview, seen: Seen, said: RatingSaid) -> None:
    measure = measures().get(seen.measure)
    if measure is None or review.dashboard not in measure.for_:
        raise NotAllowed(NOT_SHOWN_THERE)
    if said.owner.pk not in {one.pk for one in owners()}:
        raise NotAllowed(NOT_OF_STAFF)
    if not says_something(said.commentary) or not said.action.strip():
        raise NotAllowed(SAY_MORE)


def _tell(rating: Rating, title: str, now: datetime) -> None:
    path = reverse("rating", args=[rating.pk])
    about, scope = f"rating:{rating.pk}", rating.scope
    yours = News(f"You answer for an action on a figure: {title}", path, about, f"{about}:owner")
    tell(viewers=[rating.owner], news=yours, scope=scope, now=now)
    if rating.escalated:
        theirs = News(f"Escalated to the executive: {title}", path, about, f"{about}:executive")
        tell(viewers=leaders(), news=theirs, scope=scope, now=now)


@transaction.atomic
def answer_rating(*, rating: Rating, words: str, by: Viewer, now: datetime) -> RatingAnswer:
    """The executive's answer to what was escalated. Raises NotAllowed."""
    check_see_figures(by)
    if by.role != Role.LEADER.value or not rating.escalated:
        raise NotAllowed(NOT_ESCALATED)
    return _answer(rating, words, of_executive=True, by=by, now=now)


@transaction.atomic
def finish_rating(*, rating: Rating, words: str, by: Viewer, now: datetime) -> RatingAnswer:
    """The owner's word that the action is done, and what came of it. Raises NotAllowed."""
    check_see_figures(by)
    if by.pk != rating.owner_id:
        raise NotAllowed(NOT_THE_OWNER)
    return _answer(rating, words, of_executive=False, by=by, now=now)


def _answer(rating: Rating, words: str, *, of_executive: bool, by: Viewer, now: datetime) -> RatingAnswer:
    if not says_something(words):
        raise NotAllowed(SAY_MORE)
    if rating_or_none(rating.pk) is None or rating.answers.filter(of_executive=of_executive).exists():
        raise NotAllowed(ANSWERED)
    answer = RatingAnswer.objects.create(
        rating=rating, scope_id=rating.scope_id, of_executive=of_executive, words=words.strip(), by=by, at=now
    )
    action = "answer-rating" if of_executive else "finish-rating"
    title = measures()[rating.measure].title if rating.measure in measures() else rating.measure
    what = f"{'Answered what was escalated' if of_executive else 'Said that an action is done'}: {title}"
    record(viewer=by, action=action, what=what, details={"rating": rating.pk}, now=now)
    return answer
