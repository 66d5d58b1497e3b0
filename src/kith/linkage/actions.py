"""Deciding whether records are one person, and taking a decision back. Each in one transaction with its audit line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.linkage.models import Judgement, Move, SourceRecord
from kith.linkage.permissions import check_can_review_matches
from kith.linkage.rules.judging import Verdict, refuse
from kith.linkage.settling.deciding import join_people, move_back, part_people, references_with, settle_people
from kith.linkage.settling.placing import ONE_AT_A_TIME, Cause, Placed
from kith.subjects.models import Reference

BUSY = "Records are being linked just now. Your decision has not been kept: try again in a minute."


class NotDecided(Exception):  # noqa: N818 - reads as what is said to the user
    """A decision that cannot stand; the message is the sentence to show."""


def judge(
    *,
    left: int,
    right: int,
    verdict: str,
    reason: str,
    by: Viewer,
    now: datetime,
    evidence: dict[str, Any] | None = None,
) -> Judgement:
    """Decide whether two references are the same person, different people, or that one cannot tell.

    Takes effect at once on the people of these two references and on nobody else. `evidence` is what was shown.
    Raises NotAllowed, or NotDecided with a sentence.
    """
    check_can_review_matches(by)
    left, right = sorted((left, right))
    with _as_linker() as (linker, cursor):
        _withdraw_doubt(left, right, by, now)
        subjects = _subjects_of(left, right)
        _check_no_conflict(cursor, left, right, Verdict(verdict))
        judgement = Judgement.objects.create(
            left_id=left, right_id=right, verdict=verdict, reason=reason, evidence=evidence or {}, by=by, at=now
        )
        placed = _take_effect(cursor, judgement, subjects, linker, now)
        _audit(judgement, "judge-match", Verdict(verdict).words, reason, subjects | placed.touched, by, now)
    return judgement


def withdraw(*, judgement: Judgement, reason: str, by: Viewer, now: datetime) -> Judgement:
    """Take a decision back: what it moved goes back to where it was. Raises NotAllowed or NotDecided."""
    check_can_review_matches(by)
    with _as_linker() as (linker, cursor):
        judgement = Judgement.objects.select_for_update().get(pk=judgement.pk)
        if judgement.withdrawn_at is not None:
            raise NotDecided("This decision has already been withdrawn.")
        _mark_withdrawn(judgement, reason, by, now)
        subjects = _subjects_of(judgement.left_id, judgement.right_id)
        placed = _undo(cursor, judgement, linker, now)
        _ask_the_engine_again(judgement)
        what = f"Withdrawn: {Verdict(judgement.verdict).words.lower()}"
        _audit(judgement, "withdraw-judgement", what, reason, subjects | placed.touched, by, now)
    return judgement


@contextmanager
def _as_linker() -> Iterator[tuple[Viewer, CursorWrapper]]:
    """Deciding moves rows that the officer who decides may not read: a named system job moves them."""
    linker = system_viewer("linker")
    with viewing_as(linker), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise NotDecided(BUSY)
        yield linker, cursor


def _withdraw_doubt(left: int, right: int, by: Viewer, now: datetime) -> None:
    """Deciding replaces an earlier "not sure"; it does not replace a decision."""
    standing = Judgement.objects.filter(left=left, right=right, withdrawn_at=None).first()
    if standing is None:
        return
    if standing.verdict != Verdict.UNSURE:
        raise NotDecided("Somebody has already decided this. Withdraw that decision first.")
    _mark_withdrawn(standing, "Looked at again", by, now)


def _mark_withdrawn(judgement: Judgement, reason: str, by: Viewer, now: datetime) -> None:
    judgement.withdrawn_at, judgement.withdrawn_by, judgement.withdrawn_because = now, by, reason
    judgement.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _subjects_of(*references: int) -> set[int]:
    found = Reference.objects.filter(pk__in=references).values_list("subject_id", flat=True)
    return {subject for subject in found if subject is not None}


def _check_no_conflict(cursor: CursorWrapper, left: int, right: int, verdict: Verdict) -> None:
    everybody = references_with(cursor, [left, right])
    standing = Judgement.objects.filter(withdrawn_at=None, left__in=everybody, right__in=everybody)
    decided = [(j.left_id, j.right_id, Verdict(j.verdict)) for j in standing]
    of_left = set(references_with(cursor, [left]))
    if sentence := refuse(verdict, left, right, decided, of_left, set(everybody) - of_left):
        raise NotDecided(sentence)


def _take_effect(
    cursor: CursorWrapper, judgement: Judgement, subjects: set[int], linker: Viewer, now: datetime
) -> Placed:
    how: dict[str, Any] = {"cause": Cause(judgement=judgement.pk), "by": linker, "now": now}
    if judgement.verdict == Verdict.SAME and len(subjects) == 2:
        return join_people(cursor, judgement.left_id, judgement.right_id, **how)
    if judgement.verdict == Verdict.DIFFERENT and len(subjects) == 1:
        return part_people(cursor, judgement.left_id, judgement.right_id, **how)
    return move_back(cursor, {}, **how)


def _undo(cursor: CursorWrapper, judgement: Judgement, linker: Viewer, now: datetime) -> Placed:
    """Where everything still is where the decision put it, it goes back exactly; else these people are linked anew."""
    how: dict[str, Any] = {"cause": Cause(judgement=judgement.pk), "by": linker, "now": now}
    moves = list(Move.objects.filter(judgement=judgement, at=judgement.at).select_related("reference"))
    back = {move.reference_id: move.from_subject_id for move in moves}
    if not moves or _nothing_since(judgement, moves):
        return move_back(cursor, back, **how)
    touched = {judgement.left_id, judgement.right_id, *back}
    return settle_people(cursor, touched, **how)


def _ask_the_engine_again(judgement: Judgement) -> None:
    """What kept two people apart is gone: the next linking looks at them as if they were new."""
    if judgement.verdict == Verdict.DIFFERENT:
        both = [judgement.left_id, judgement.right_id]
        SourceRecord.objects.filter(reference__in=both).update(linked_as="")


def _nothing_since(judgement: Judgement, moves: list[Move]) -> bool:
    """Whether nothing has come or gone, and nothing else been decided, among these people since."""
    if any(move.reference.subject_id != move.to_subject_id for move in moves):
        return False
    subjects = {move.to_subject_id for move in moves} | {move.from_subject_id for move in moves}
    here = Reference.objects.filter(subject__in=subjects)
    numbers = list(here.values_list("pk", flat=True))
    others = Judgement.objects.filter(withdrawn_at=None, at__gte=judgement.at, left__in=numbers, right__in=numbers)
    moved_since = Move.objects.filter(reference__in=numbers, at__gt=judgement.at)
    came_since = here.filter(first_seen__gt=judgement.at)
    return not (others.exists() or moved_since.exists() or came_since.exists())


def _audit(
    judgement: Judgement,
    action: str,
    what: str,
    reason: str,
    subjects: set[int] | frozenset[int],
    by: Viewer,
    now: datetime,
) -> None:
    details = {"judgement": judgement.pk, "left": judgement.left_id, "right": judgement.right_id}
    record(viewer=by, action=action, subjects=subjects, what=what, because=reason, details=details, now=now)
