"""Breaking the glass: looking, for hours and with a reason, where one's work has not opened the circle."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.actions.circles import end_opening, open_circle
from kith.foundations.access.models import BreakGlass, Scope, Viewer
from kith.foundations.access.permissions import check_break_glass, check_review
from kith.foundations.access.rules import (
    BREAK_GLASS_LASTS,
    BREAK_GLASS_REVIEW_WITHIN,
    REVIEW_OUTCOMES,
    GlassGround,
)
from kith.foundations.audit.actions import record
from kith.foundations.clocks import add_working_days


@transaction.atomic
def break_glass(
    *,
    viewer: Viewer,
    subject_id: int,
    scope: Scope,
    reason: str,
    now: datetime,
    ground: str = GlassGround.OTHER,
) -> BreakGlass:
    """Open the circle to `viewer` for a few hours. Its workers are told, and somebody else reviews it.

    Raises NotAllowed, with the sentence to show, when the viewer may not, has done so too often today, or
    gives no reason that somebody could review.
    """
    check_break_glass(viewer, reason, now)
    opening = open_circle(
        scope=scope,
        viewer=viewer,
        because=f"Broke the glass: {GlassGround(ground).title}",
        reason_kind="break-glass",
        by=viewer,
        now=now,
        until=now + BREAK_GLASS_LASTS,
    )
    broken = BreakGlass.objects.create(
        opening=opening,
        viewer=viewer,
        subject_id=subject_id,
        reason=reason.strip(),
        at=now,
        review_due=add_working_days(now, BREAK_GLASS_REVIEW_WITHIN),
    )
    record(
        viewer=viewer,
        action="break-glass",
        subjects=[subject_id],
        what="Broke the glass",
        because=opening.because,
        details={"break_glass": broken.pk, "until": opening.until.isoformat() if opening.until else ""},
        now=now,
    )
    return broken


@transaction.atomic
def review_break_glass(*, broken: BreakGlass, outcome: str, note: str, by: Viewer, now: datetime) -> BreakGlass:
    """Say what came of looking at it. Where it was justified and the work goes on, open the circle properly
    instead.

    An outcome of `not-justified` closes the circle at once. Raises NotAllowed for one's own, for one already
    reviewed, and without a note where the outcome needs one; ValueError for an unknown outcome.
    """
    if outcome not in REVIEW_OUTCOMES:
        raise ValueError(f"Not an outcome of a review: {outcome}.")
    broken = BreakGlass.objects.select_for_update(of=("self",)).select_related("opening").get(pk=broken.pk)
    check_review(by, broken, outcome, note)
    BreakGlass.objects.filter(pk=broken.pk).update(
        reviewed_at=now, reviewed_by=by, outcome=outcome, review_note=note.strip()
    )
    if outcome == "not-justified" and broken.opening.ended_at is None:
        end_opening(opening=broken.opening, because="Reviewed: not justified", by=by, now=now)
    record(
        viewer=by,
        action="review-break-glass",
        subjects=[broken.subject_id],
        what=f"Reviewed a broken glass: {REVIEW_OUTCOMES[outcome]}",
        details={
            "break_glass": broken.pk,
            "viewer": broken.viewer_id,
            "outcome": outcome,
            "late": now > broken.review_due,
        },
        now=now,
    )
    broken.refresh_from_db()
    return broken
