"""A meeting that reviewed a dashboard of the cut that was planted, and what it said of a measure."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.reviews import RatingSaid, Seen, begin_review, write_rating
from kith.insight.queries.cuts import latest_cut
from tests.support.cast import Cast

RATED = "missing-reports"


def plant_reviews(cast: Cast) -> dict[str, Any]:
    """Whoever sees figures reads it."""
    now = timezone.now()
    with viewing_as(cast.uma):
        cut = latest_cut()
        assert cut is not None
        review = begin_review(dashboard="partnership", cut=cut, group="Quality group", met_on=cut.as_at, by=cast.uma,
                              now=now)  # fmt: skip
        words = "More reports come from two homes that ring sooner"
        said = RatingSaid(words, "Visit both homes", cast.hana, cut.as_at, escalated=True)
        rating = write_rating(review=review, seen=Seen(RATED, "red", "40, +12"), said=said, by=cast.uma, now=now)
    return {"review_id": review.pk, "rated": RATED, "rating_id": rating.pk}
