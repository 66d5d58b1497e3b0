"""What a judgement moves, at once: only the records of the people it is about are touched."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from kith.foundations.access.actions import partnership_scope
from kith.foundations.access.models import Viewer
from kith.linkage.settling.circles import follow_work
from kith.linkage.settling.engine_door import people_among
from kith.linkage.settling.headlines import refresh_headlines
from kith.linkage.settling.identity import refresh_identities
from kith.linkage.settling.placing import Cause, Placed, place
from kith.linkage.settling.searching import refresh_search
from kith.linkage.settling.under_review import refresh_under_review


def join_people(cursor: CursorWrapper, left: int, right: int, *, cause: Cause, by: Viewer, now: datetime) -> Placed:
    """The people of these two references become one."""
    together = [(reference, left) for reference in references_with(cursor, [left, right])]
    return _placed(cursor, place(cursor, together, cause=cause, by=by, now=now), by, now)


def part_people(cursor: CursorWrapper, left: int, right: int, *, cause: Cause, by: Viewer, now: datetime) -> Placed:
    """The one person of these two references becomes two, each with the records that belong with that reference."""
    everybody = references_with(cursor, [left])
    clusters = people_among(cursor, everybody)
    leaving = _who_leaves(clusters, left, right)
    parted = [(reference, right if reference in leaving else left) for reference in everybody]
    return _placed(cursor, place(cursor, parted, cause=cause, by=by, now=now), by, now)


def settle_people(
    cursor: CursorWrapper, references: Collection[int], *, cause: Cause, by: Viewer, now: datetime
) -> Placed:
    """Link anew only the people of these references."""
    everybody = references_with(cursor, references)
    clusters = people_among(cursor, everybody)
    return _placed(cursor, place(cursor, clusters.items(), cause=cause, by=by, now=now), by, now)


def move_back(cursor: CursorWrapper, back: dict[int, int], *, cause: Cause, by: Viewer, now: datetime) -> Placed:
    """Give references back to the subjects they were moved from (`back`: reference → subject)."""
    homes = {subject: subject for subject in back.values()}
    return _placed(cursor, place(cursor, back.items(), cause=cause, by=by, now=now, subjects=homes), by, now)


def references_with(cursor: CursorWrapper, references: Collection[int]) -> list[int]:
    """These references and every other of the same people."""
    cursor.execute(
        """select id from subjects_reference where subject_id in (
        select subject_id from subjects_reference where id = any (%s)) order by id""",
        [list(references)],
    )
    return [row[0] for row in cursor.fetchall()]


def _who_leaves(clusters: dict[int, int], left: int, right: int) -> set[int]:
    """Whichever of the two has fewer records of its own leaves with them; what belongs with neither stays."""
    with_left = {reference for reference, cluster in clusters.items() if cluster == clusters[left]}
    with_right = {reference for reference, cluster in clusters.items() if cluster == clusters[right]}
    return set(clusters) - with_left if len(with_right) > len(with_left) else with_right


def _placed(cursor: CursorWrapper, placed: Placed, by: Viewer, now: datetime) -> Placed:
    """Identity, headline, search and circles of exactly those who were touched."""
    today = timezone.localdate(now)
    if placed.touched:
        refresh_identities(cursor, placed.touched, now=now)
        refresh_headlines(cursor, placed.touched, scope=partnership_scope().pk, today=today)
        refresh_search(cursor, placed.touched)
        follow_work(by=by, now=now)
    refresh_under_review(cursor, today=today)
    return placed
