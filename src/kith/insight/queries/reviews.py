"""What meetings said of ratings: by review, by measure, what waits for the executive, what waits for its owner."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, QuerySet

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import ROLES, Permission, Role
from kith.insight.models import Rating, RatingAnswer, RatingsReview

SEE_FIGURES = [role.value for role, one in ROLES.items() if Permission.SEE_FIGURES in one.permissions]


def reviews() -> QuerySet[RatingsReview]:
    """Every review, the newest meeting first."""
    return RatingsReview.objects.order_by("-met_on", "-pk").select_related("by", "cut")


def review_or_none(review_id: int) -> RatingsReview | None:
    """One review, if it is there."""
    return reviews().filter(pk=review_id).first()


def how_many_said(found: Iterable[RatingsReview]) -> dict[int, int]:
    """Of how many measures something was said, by review."""
    said = Rating.objects.filter(review__in=[one.pk for one in found]).values("review")
    return {one["review"]: one["many"] for one in said.annotate(many=Count("measure", distinct=True))}


def standing() -> QuerySet[Rating]:
    """The newest version of what each review said of each measure, the newest meeting first."""
    newer = Rating.objects.filter(review=OuterRef("review"), measure=OuterRef("measure"), pk__gt=OuterRef("pk"))
    found = Rating.objects.filter(~Exists(newer)).order_by("-review__met_on", "-pk")
    return found.select_related("review", "owner", "by").prefetch_related("answers__by")


def rating_or_none(rating_id: int) -> Rating | None:
    """One rating that stands, if it is there."""
    return standing().filter(pk=rating_id).first()


def ratings_of(review: RatingsReview) -> dict[str, Rating]:
    """What stands of one review, by measure."""
    return {one.measure: one for one in standing().filter(review=review)}


def versions(review: RatingsReview, measure: str) -> list[Rating]:
    """Every version of what a review said of a measure, the newest first."""
    found = Rating.objects.filter(review=review, measure=measure).order_by("-pk")
    return list(found.select_related("owner", "by")[:100])


def ratings_on(measure: str) -> list[Rating]:
    """What every meeting said of one measure, the newest first."""
    return list(standing().filter(measure=measure)[:50])


def latest_ratings() -> dict[str, Rating]:
    """What the newest meeting said, by measure."""
    return {one.measure: one for one in standing().order_by("measure", "-review__met_on", "-pk").distinct("measure")}


def waits_for_executive() -> list[Rating]:
    """What was escalated and is not answered, the longest waiting first."""
    return list(_without_answer(standing().filter(escalated=True), of_executive=True).order_by("review__met_on", "pk"))


def waits_for(owner: Viewer) -> list[Rating]:
    """Actions that somebody answers for and has not said to be done, the most pressing first."""
    return list(_without_answer(standing().filter(owner=owner), of_executive=False).order_by("due", "pk"))


def not_done() -> list[Rating]:
    """Every such action, whoever answers for it."""
    return list(_without_answer(standing(), of_executive=False).order_by("due", "pk"))


def owners() -> list[Viewer]:
    """Who may answer for an action: members of staff of the partnership who see figures."""
    found = Viewer.objects.filter(is_active=True, role__in=SEE_FIGURES, agency__in_partnership=True)
    return list(found.select_related("agency").order_by("name", "pk"))


def leaders() -> list[Viewer]:
    """Whom an escalation is told."""
    return [one for one in owners() if one.role == Role.LEADER.value]


def _without_answer(found: QuerySet[Rating], *, of_executive: bool) -> QuerySet[Rating]:
    answers = RatingAnswer.objects.filter(rating=OuterRef("pk"), of_executive=of_executive)
    return found.filter(~Exists(answers))
