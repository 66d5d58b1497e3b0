"""Which subject, how much of it this viewer sees, and by what name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kith.foundations.access.rules import Tier
from kith.subjects.models import Headline, RestrictedPart, Subject


@dataclass(frozen=True)
class SeenName:
    """What a viewer may call a subject:

    `tier` says whether the whole record or only the headline is behind it.
    """

    subject_id: int
    name: str
    kind: str
    tier: Tier
    date_of_birth: date | None = None


def subject_in_full(subject_id: int) -> Subject | None:
    """The subject with its identity, or None where it does not exist for this viewer."""
    whole = Subject.objects.select_related("person", "group", "place", "what_matters_by")
    return whole.filter(pk=subject_id).first()


def headline_of(subject_id: int) -> Headline | None:
    """That the subject is known and whom to ring, where the partnership may know it."""
    return Headline.objects.filter(pk=subject_id).first()


def tier_of(subject_id: int) -> Tier:
    """How much of the subject exists for this viewer."""
    if Subject.objects.filter(pk=subject_id).exists():
        return Tier.FULL
    return Tier.HEADLINE if headline_of(subject_id) else Tier.NOTHING


def now_joined_into(subject: Subject) -> int | None:
    """Where a record that proved to be part of another one went, or None while it stands."""
    return subject.joined_into_id


def restricted_parts_held(subject_id: int) -> list[str]:
    """The audiences of the restricted parts of this record that the viewer holds;

    what they do not hold is not there.
    """
    return list(
        RestrictedPart.objects.filter(subject_id=subject_id).order_by("audience").values_list("audience", flat=True)
    )


def names_seen(subject_ids: Iterable[int]) -> dict[int, SeenName]:
    """What this viewer may call each subject; one of whom they may know nothing is absent. Two queries."""
    ids = list(dict.fromkeys(subject_ids))
    headlines = Headline.objects.filter(pk__in=ids)
    seen = {h.pk: SeenName(h.pk, h.name, h.kind, Tier.HEADLINE, h.date_of_birth) for h in headlines}
    for subject in Subject.objects.filter(pk__in=ids).select_related("person"):
        person = getattr(subject, "person", None)
        born = person.date_of_birth if person else None
        seen[subject.pk] = SeenName(subject.pk, subject.name, subject.kind, Tier.FULL, born)
    return seen
