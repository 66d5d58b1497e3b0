"""What the rule on shared premises said, on the record whose circle the sweep asks about."""

from __future__ import annotations

from kith.insight.models import SharedPlace
from kith.insight.rules.shared_places import AGES
from kith.subjects.models import Subject
from tests.support.cast import NOW


def plant_shared_place(subject: Subject, word: str) -> None:
    """One prompt that stands."""
    SharedPlace.objects.create(subject=subject, scope=subject.scope, reasons={AGES: f"{word} was here"}, at=NOW)
