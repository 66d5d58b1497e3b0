"""A group or a place is assessed in a new version, and looked at again: each in one transaction, audited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.subjects.assessing.queries import names_drawn_to, names_opened_today
from kith.subjects.assessing.rules import NO_LONGER, OUTCOMES, Kind, kinds
from kith.subjects.models import Assessment, AssessmentReview, Group, Subject
from kith.subjects.naming import first_name_said, record_named
from kith.subjects.permissions import check_can_write, check_holds_all

WHY = "Say why it is written anew."
NOT_THE_LATEST = "A newer version stands: look at that one again."
NOT_ASSESSED_SO = "Only a group or a place is assessed here."
LEFT_EMPTY = "Not everything that is needed is said: {titles}."
NAMES_SOMEBODY = (
    "Leave “{name}” out: those who work with this place read it, and need not know who comes here."
    " Say how many, of what age, and what brings them."
)
OPENED_TODAY = (
    "Leave “{name}” out: you opened the record of a child of this name today, and those who work with this place read"
    " what you write. Where you mean something else, say it in another way."
)


@dataclass(frozen=True)
class Assessed:
    """What is said: of each part by its key. `why_now`: of every version but the first."""

    told: Mapping[str, str]
    review_on: date
    why_now: str = ""


@transaction.atomic
def assess(*, subject_id: int, assessed: Assessed, by: Viewer, now: datetime) -> Assessment:
    """A new version, after which it is looked at again on its day. Raises NotAllowed: without what is needed, without
    why from version 2 on, and where the words for a place name somebody who comes there."""
    check_can_write(by)
    check_holds_all([subject_id])
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    kind = kinds().get(subject.kind)
    if kind is None:
        raise NotAllowed(NOT_ASSESSED_SO)
    last = Assessment.objects.filter(subject=subject).order_by("-version").first()
    if last and not assessed.why_now.strip():
        raise NotAllowed(WHY)
    told = _told(kind, assessed.told)
    if subject.kind == "place":
        check_names_nobody(place=subject, texts=[*told.values(), assessed.why_now], by=by, now=now)
    version, why = (last.version + 1, assessed.why_now.strip()) if last else (1, "")
    kept = Assessment.objects.create(
        subject=subject, scope_id=subject.scope_id, version=version, why_now=why, review_on=assessed.review_on,
        by=by, at=now, told=told,
    )  # fmt: skip
    _look_again_on(subject, assessed.review_on)
    what = f"Wrote version {kept.version} of the assessment of a {kind.called}"
    record(viewer=by, action=f"assess-{subject.kind}", subjects=[subject_id], what=what, now=now)
    return kept


@transaction.atomic
def review(
    *, assessment: Assessment, outcome: str, found: str, review_on: date | None, by: Viewer, now: datetime
) -> AssessmentReview:
    """Somebody looked at the version that stands again. Raises NotAllowed where a newer one stands."""
    check_can_write(by)
    check_holds_all([assessment.subject_id])
    if outcome not in OUTCOMES:
        raise ValueError(f"No such outcome: {outcome}")
    subject = Subject.objects.select_for_update().get(pk=assessment.subject_id)
    if Assessment.objects.filter(subject=subject, version__gt=assessment.version).exists():
        raise NotAllowed(NOT_THE_LATEST)
    kind = kinds()[subject.kind]
    if subject.kind == "place":
        check_names_nobody(place=subject, texts=[found], by=by, now=now)
    day = None if outcome == NO_LONGER else review_on
    words = {"outcome": outcome, "found": found.strip(), "review_on": day, "by": by, "at": now}
    kept = AssessmentReview.objects.create(assessment=assessment, scope_id=assessment.scope_id, **words)
    _look_again_on(subject, day)
    what = f"Looked at the assessment of a {kind.called} again: {kind.outcomes[outcome].lower()}"
    record(viewer=by, action=f"review-{subject.kind}", subjects=[subject.pk], what=what, now=now)
    return kept


def _told(kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    told = {part.key: given.get(part.key, "").strip() for part in kind.parts}
    if empty := [part.title for part in kind.parts if part.needed and not told[part.key]]:
        raise NotAllowed(LEFT_EMPTY.format(titles=", ".join(empty)))
    return {key: words for key, words in told.items() if words}


def check_names_nobody(*, place: Subject, texts: Iterable[str], by: Viewer, now: datetime) -> None:
    """Raises NotAllowed where words that are read at a place name somebody who comes there, or a child whose record
    their writer opened today."""
    texts = list(texts)
    for (whole, first), why in (
        (names_drawn_to(place.pk), NAMES_SOMEBODY),
        (names_opened_today(by, now), OPENED_TODAY),
    ):
        if name := record_named(texts, whole) or first_name_said(texts, first):
            raise NotAllowed(why.format(name=name))


def _look_again_on(subject: Subject, day: date | None) -> None:
    Group.objects.filter(subject=subject).update(review_on=day)
