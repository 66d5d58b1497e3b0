"""How agencies graded the absences that they tell of, as their own word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.missing.models import Account, Grade


def keep_grades(*, accounts: Iterable[Account], by: Viewer, now: datetime) -> None:
    """One row for each account that is graded. What on record asked to consider high is not known of them."""
    Grade.objects.bulk_create(
        Grade(
            subject_id=account.subject_id,
            scope_id=account.scope_id,
            desk_id=account.desk_id,
            episode_id=account.episode_id,
            code=account.grade,
            agency_id=account.agency_id,
            grader=account.told_by,
            by=by,
            at=min(account.told_at, now),
            reasons="As its agency told it",
        )
        for account in accounts
        if account.grade
    )
