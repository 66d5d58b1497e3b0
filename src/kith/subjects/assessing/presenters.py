"""The assessment of a group or a place as those who work with it read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.design_system import words
from kith.subjects.assessing.rules import kinds, rewritten
from kith.subjects.models import Assessment


@dataclass(frozen=True)
class Standing:
    """How an assessment stands, for the first page of the record; no number where none is written."""

    assessment_id: int | None
    words: str
    review_on: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class ReviewShown:
    """One time that it was looked at again."""

    outcome: str
    found: str
    by: str
    when: str
    next: str


@dataclass(frozen=True)
class AssessmentShown:
    """One version, with what is otherwise than in the one before."""

    assessment_id: int
    subject_id: int
    version: int
    is_latest: bool
    by: str
    when: str
    review: str
    is_late: bool
    why_now: str
    changed: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]  # title and words
    reviews: tuple[ReviewShown, ...]
    others: tuple[tuple[int, str], ...]  # of other versions: the number of the page, and in words


def show_standing(latest: Assessment | None, today: date) -> Standing:
    """Version, day, and when it is looked at again."""
    if latest is None:
        return Standing(None, "")
    day, late = next_review(latest), is_late(latest, today)
    again = (
        f"To be looked at again by {words.day(day)}{', which is past' if late else ''}." if day else "No longer needed."
    )
    told = f"Version {latest.version}, {words.day(words.local_day(latest.at))}. {again}"
    return Standing(latest.pk, told, day, late)


def show_assessment(one: Assessment, versions: Sequence[Assessment], today: date) -> AssessmentShown:
    """A version among all of its subject, newest first."""
    kind = kinds()[one.subject.kind]
    before = next((other for other in versions if other.version == one.version - 1), None)
    latest = versions[0].pk == one.pk
    day = next_review(one)
    agency = f", {one.by.agency.name}" if one.by.agency else ""
    return AssessmentShown(
        assessment_id=one.pk,
        subject_id=one.subject_id,
        version=one.version,
        is_latest=latest,
        by=f"{one.by.name}{agency}",
        when=words.day(words.local_day(one.at)),
        review=words.day(day) if day else "",
        is_late=latest and is_late(one, today),
        why_now=one.why_now,
        changed=rewritten(kind.parts, before.told, one.told) if before else (),
        parts=tuple((part.title, told) for part in kind.parts if (told := one.told.get(part.key))),
        reviews=tuple(
            ReviewShown(
                kind.outcomes.get(review.outcome, review.outcome),
                review.found,
                review.by.name,
                words.day_and_time(review.at),
                words.day(review.review_on) if review.review_on else "",
            )
            for review in one.reviews.all()
        ),
        others=tuple(
            (other.pk, f"Version {other.version}, {words.day(words.local_day(other.at))}, {other.by.name}")
            for other in versions
            if other.pk != one.pk
        ),
    )


def next_review(one: Assessment) -> date | None:
    """The day of its latest review, else its own."""
    reviews = list(one.reviews.all())
    return reviews[0].review_on if reviews else one.review_on


def is_late(one: Assessment, today: date) -> bool:
    """Whether its day is past."""
    day = next_review(one)
    return day is not None and day < today
