"""Some of a person's records are somebody else's: a worker asks, a data officer decides, only those records move."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.linkage.actions import NotDecided, judge
from kith.linkage.models import Judgement, PartingRequest
from kith.linkage.permissions import check_can_review_matches
from kith.linkage.queries.parting import subjects_of
from kith.linkage.rules.judging import ALL_CHOSEN, Verdict
from kith.linkage.settling.under_review import refresh_under_review
from kith.subjects.permissions import check_can_write

NONE_CHOSEN = "Choose the records that belong to somebody else."
APART = "These records already stand apart. There is nothing left to part."


class _NotAsChosen(Exception):
    """The engine put a record elsewhere than was chosen."""


def ask_to_part(
    *, subject_id: int, everybody: Collection[int], chosen: Collection[int], reason: str, by: Viewer, now: datetime
) -> PartingRequest:
    """A worker says that the chosen records of a person are somebody else's. Nothing moves; a data officer decides.

    `everybody` are the person's records as far as the worker reads them. The same asked again is one request.
    Raises NotAllowed, or NotDecided with a sentence.
    """
    check_can_write(by)
    check_chosen(everybody, chosen)
    asked = {"chosen": sorted(chosen), "by": by, "decided_at": None}
    with transaction.atomic():
        request, is_new = PartingRequest.objects.get_or_create(**asked, defaults={"reason": reason, "at": now})
        if is_new:
            what = f"Asked to part {len(chosen)} of {len(everybody)} records"
            _note("ask-to-part", request, {subject_id}, what, reason, by, now)
            _show_officers(now)
    return request


def part(
    *,
    everybody: Collection[int],
    chosen: Collection[int],
    reason: str,
    by: Viewer,
    now: datetime,
    evidence: dict[str, Any] | None = None,
) -> Judgement:
    """A data officer parts the chosen records from the others by a judgement "different", to be undone like any other.

    Where the engine would part them otherwise than was chosen, what belongs together is judged too.
    Raises NotAllowed, or NotDecided with a sentence.
    """
    check_can_review_matches(by)
    check_chosen(everybody, chosen)
    leaving = sorted(chosen)
    staying = sorted(set(everybody) - set(leaving))
    how: dict[str, Any] = {"reason": reason, "by": by, "now": now, "evidence": evidence}
    try:
        return _parted(staying, leaving, how)
    except _NotAsChosen:
        with transaction.atomic():
            for group in (staying, leaving):
                for other in group[1:]:
                    judge(left=group[0], right=other, verdict=Verdict.SAME.value, **how)
            return _parted(staying, leaving, how)


def decide_parting(
    *, request: PartingRequest, verdict: Verdict, everybody: Collection[int], reason: str, by: Viewer, now: datetime,
    evidence: dict[str, Any] | None = None,
) -> PartingRequest:  # fmt: skip
    """Part what a worker asked to part ("different"), or leave it together ("same").

    Raises NotAllowed, or NotDecided with a sentence.
    """
    check_can_review_matches(by)
    with transaction.atomic():
        request = PartingRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.decided_at is not None:
            raise NotDecided("Somebody has decided this already.")
        subjects = {subject for subject in subjects_of(request.chosen).values() if subject}
        if verdict == Verdict.DIFFERENT:
            part(everybody=everybody, chosen=request.chosen, reason=reason, by=by, now=now, evidence=evidence)
        request.decided_at, request.decided_by, request.verdict, request.note = now, by, verdict.value, reason
        request.save(update_fields=["decided_at", "decided_by", "verdict", "note"])
        _note("decide-parting", request, subjects, verdict.words, reason, by, now)
        _show_officers(now)
    return request


def check_chosen(everybody: Collection[int], chosen: Collection[int]) -> None:
    """Raise NotDecided unless some of these records are chosen and some are not."""
    if not chosen:
        raise NotDecided(NONE_CHOSEN)
    if not set(chosen) <= set(everybody):
        raise NotDecided(APART)
    if set(chosen) == set(everybody):
        raise NotDecided(f"{ALL_CHOSEN}.")


def _parted(staying: list[int], leaving: list[int], how: dict[str, Any]) -> Judgement:
    with transaction.atomic():
        judgement = judge(left=staying[0], right=leaving[0], verdict=Verdict.DIFFERENT.value, **how)
        with viewing_as(system_viewer("linker")):
            now_of = subjects_of([*staying, *leaving])
        stay, leave = ({now_of[one] for one in group} for group in (staying, leaving))
        if len(stay) > 1 or len(leave) > 1 or stay & leave:
            raise _NotAsChosen
    return judgement


def _show_officers(now: datetime) -> None:
    """Officers read the records of whoever is asked about, and of nobody else."""
    with viewing_as(system_viewer("linker")), connection.cursor() as cursor:
        refresh_under_review(cursor, today=timezone.localdate(now))


def _note(
    action: str, request: PartingRequest, subjects: set[int], what: str, reason: str, by: Viewer, now: datetime
) -> None:
    details = {"request": request.pk, "records": request.chosen}
    record(viewer=by, action=action, subjects=subjects, what=what, because=reason, details=details, now=now)
