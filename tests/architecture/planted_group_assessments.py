"""An assessment as of a group, in the circle that the sweep asks about."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from kith.subjects.models import Assessment, Subject
from tests.support.cast import NOW, Cast


def plant_group_assessment(cast: Cast, subject: Subject, word: str) -> dict[str, Any]:
    """One version."""
    words = dict.fromkeys(("purpose", "strengths", "harms", "at_risk"), f"{word} looks out for the others")
    made = Assessment.objects.create(
        subject=subject, scope=subject.scope, version=1, review_on=localdate(NOW), by=cast.asha, at=NOW, told=words
    )
    return {"assessment_id": made.pk, "of_kind": subject.kind}
