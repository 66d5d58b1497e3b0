"""How quickly the search must act: each grading is another row, with who graded and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.missing.models import Episode, Grade
from kith.missing.permissions import check_can_say_back
from kith.missing.queries.on_record import consider_high
from kith.missing.rules.codes import title
from kith.missing.rules.grading import needs_why_not

WHY_NOT = "Something on record asks to consider high. Say why not."


class NeedsWhyNot(ValueError):
    """A grade against what is on record, without its reason; the message is the sentence to show."""


@dataclass(frozen=True)
class Graded:
    """A grade. `grader`: name and post of whoever graded, where that is not whoever writes it down."""

    code: str
    reasons: str
    why_not_high: str = ""
    grader: str = ""
    agency_id: int | None = None  # whose grade it is; the writer's own where not said


@transaction.atomic
def give_grade(*, episode_id: int, graded: Graded, by: Viewer, now: datetime) -> Grade:
    """Raises NeedsWhyNot where something on record asks to consider high and the grade is another without a reason."""
    episode = Episode.objects.select_for_update().get(pk=episode_id)
    check_can_say_back(by, episode)
    asked = consider_high(episode)
    if needs_why_not(graded.code, asked) and not graded.why_not_high.strip():
        raise NeedsWhyNot(WHY_NOT)
    grade = Grade.objects.create(
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        episode=episode,
        code=graded.code,
        agency=_whose(graded, by),
        grader=graded.grader.strip()[:200],
        by=by,
        at=now,
        reasons=graded.reasons.strip(),
        consider_high=asked,
        why_not_high=graded.why_not_high.strip() if needs_why_not(graded.code, asked) else "",
    )
    Episode.objects.filter(pk=episode.pk).update(grade=graded.code)
    what = f"Graded {title('grades', graded.code).lower()}: {episode.reference}"
    record(viewer=by, action="grade-missing", subjects=[episode.subject_id], what=what, now=now)
    return grade


def _whose(graded: Graded, by: Viewer) -> Agency:
    agency = Agency.objects.filter(pk=graded.agency_id).first() if graded.agency_id else by.agency
    if agency is None:
        raise NotAllowed("A grade is an agency's. Say whose it is.")
    return agency
