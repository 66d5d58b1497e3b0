"""A group’s assessment is written as a new version, and looked at again: each in one transaction, audited."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.subjects.assessing.rules import NO_LONGER, OUTCOMES
from kith.subjects.models import Group, GroupAssessment, GroupReview, Subject
from kith.subjects.permissions import check_can_write, check_holds_all

WHY = "Say why it is written anew."
NOT_THE_LATEST = "A newer version stands: look at that one again."
NOT_A_GROUP = "Only a group is assessed here."


@dataclass(frozen=True)
class Assessed:
    """What is said of a group. `why_now`: of every version but the first."""

    purpose: str
    strengths: str
    harms: str
    at_risk: str
    review_on: date
    said: str = ""
    places: str = ""
    guardians: str = ""
    next_steps: str = ""
    why_now: str = ""


@transaction.atomic
def assess_group(*, subject_id: int, assessed: Assessed, by: Viewer, now: datetime) -> GroupAssessment:
    """A new version, after which the group is looked at again on its day. Raises NotAllowed without why, from 2 on."""
    check_can_write(by)
    check_holds_all([subject_id])
    subject = Subject.objects.get(pk=subject_id)
    group = Group.objects.select_for_update().filter(subject=subject).first()
    if group is None:
        raise NotAllowed(NOT_A_GROUP)
    last = GroupAssessment.objects.filter(subject=subject).order_by("-version").first()
    if last and not assessed.why_now.strip():
        raise NotAllowed(WHY)
    words = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(assessed).items()}
    words |= {"version": last.version + 1 if last else 1, "why_now": words["why_now"] if last else ""}
    kept = GroupAssessment.objects.create(subject=subject, scope_id=subject.scope_id, by=by, at=now, **words)
    _look_again_on(group, assessed.review_on)
    what = f"Wrote version {kept.version} of the assessment of a group"
    record(viewer=by, action="assess-group", subjects=[subject_id], what=what, now=now)
    return kept


@transaction.atomic
def review_group(
    *, assessment: GroupAssessment, outcome: str, found: str, review_on: date | None, by: Viewer, now: datetime
) -> GroupReview:
    """Somebody looked at the version that stands again. Raises NotAllowed where a newer one stands."""
    check_can_write(by)
    check_holds_all([assessment.subject_id])
    if outcome not in OUTCOMES:
        raise ValueError(f"No such outcome: {outcome}")
    group = Group.objects.select_for_update().get(subject=assessment.subject_id)
    if GroupAssessment.objects.filter(subject=assessment.subject_id, version__gt=assessment.version).exists():
        raise NotAllowed(NOT_THE_LATEST)
    day = None if outcome == NO_LONGER else review_on
    words = {"outcome": outcome, "found": found.strip(), "review_on": day, "by": by, "at": now}
    kept = GroupReview.objects.create(assessment=assessment, scope_id=assessment.scope_id, **words)
    _look_again_on(group, day)
    what = f"Looked at the assessment of a group again: {OUTCOMES[outcome].lower()}"
    record(viewer=by, action="review-group", subjects=[assessment.subject_id], what=what, now=now)
    return kept


def _look_again_on(group: Group, day: date | None) -> None:
    group.review_on = day
    group.save(update_fields=["review_on"])
