"""One linking: what was delivered is linked, and every reference has its subject afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime

import pyarrow as pa
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from kith.foundations.access.actions import partnership_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.engine import Linked
from kith.linkage.models import LinkRun
from kith.linkage.settling import linking, reading
from kith.linkage.settling.circles import follow_public_places, follow_work
from kith.linkage.settling.feed_words import protecting_feeds
from kith.linkage.settling.headlines import refresh_headlines, take_back_headlines
from kith.linkage.settling.identity import refresh_identities
from kith.linkage.settling.matches import write_matches
from kith.linkage.settling.places import refresh_place_headlines
from kith.linkage.settling.placing import ONE_AT_A_TIME, Cause, place
from kith.linkage.settling.searching import refresh_search
from kith.linkage.settling.source_records import mark_as_linked
from kith.linkage.settling.under_review import note_open_work, refresh_under_review

Progress = Callable[[str], None]
WHOLE, NEW = "whole", "new"
MOSTLY = 0.3
MANY = 2_000


@dataclass(frozen=True)
class SettleReport:
    """What a linking did. `kind` is whole, new, or nothing; `seconds` by stage; `touched` subjects gained
    or lost a reference; `unsure` questions await a decision, one for each two people who may be one.
    """

    kind: str
    records: int = 0
    people: int = 0
    new_subjects: int = 0
    moved: int = 0
    joined: int = 0
    same: int = 0
    unsure: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    touched: frozenset[int] = field(default_factory=frozenset, repr=False)


@dataclass(frozen=True)
class AfterReport:
    """What followed a loading: headlines standing, circles opened and closed."""

    headlines: int = 0
    opened: int = 0
    closed: int = 0
    seconds: float = 0.0


def settle(*, by: Viewer, now: datetime, progress: Progress | None = None, whole: bool = False) -> SettleReport:
    """Link what is new or says something new (with `whole`: everything) and give every reference its subject.

    All of it or nothing is written; running it again with nothing new changes nothing. `by` must be a
    system viewer.
    """
    clock = _Clock(progress)
    with viewing_as(by), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        clock.begin("reading records")
        records = reading.everything(cursor) if whole else reading.changed(cursor)
        if not records.num_rows:
            return SettleReport("nothing")
        report = _settle(cursor, records, clock, by, now, whole or _is_mostly_new(cursor, records))
        stamp = linking.stamp_of(cursor)
    if report.kind == NEW:
        linking.note_index(stamp)
    return report


def _is_mostly_new(cursor: CursorWrapper, records: pa.Table) -> bool:
    """Whether so much has changed that linking everything is quicker than comparing it with what stands."""
    return bool(records.num_rows > MOSTLY * reading.how_many_linked(cursor))


def _settle(
    cursor: CursorWrapper, records: pa.Table, clock: _Clock, by: Viewer, now: datetime, whole: bool
) -> SettleReport:
    run = LinkRun.objects.create(started_at=now, kind=WHOLE if whole else NEW)
    changed = [int(number) for number in records["record_id"].to_pylist()]
    if len(changed) > MANY:
        plan_for_many(cursor)
    clock.begin("linking")
    linked = _link(cursor, records, clock, whole)
    clock.begin("keeping matches")
    found_by = f"linking {run.pk}"
    write_matches(cursor, linked.pairs, found_by=found_by, now=now, about=None if whole else changed)
    clock.begin("placing")
    placed = place(cursor, linking.as_numbers(linked.clusters), cause=Cause(run=run.pk), by=by, now=now)
    subjects = mark_as_linked(cursor, changed) | placed.touched
    clock.begin("choosing identities")
    refresh_identities(cursor, subjects, now=now)
    take_back_headlines(cursor)
    questions = refresh_under_review(cursor, today=timezone.localdate(now))
    clock.end()
    report = SettleReport(
        run.kind,
        records.num_rows,
        linked.report.people,
        placed.new_subjects,
        placed.moved,
        placed.joined,
        linked.report.same,
        questions,
        clock.seconds,
        placed.touched,
    )
    run.report = {name: value for name, value in asdict(report).items() if name != "touched"}
    run.finished_at = timezone.now()
    run.save(update_fields=["report", "finished_at"])
    return report


def plan_for_many(cursor: CursorWrapper) -> None:
    """For the rest of the transaction, no nested loops: the planner's statistics are from before this delivery, and
    what it takes for one row may be a hundred thousand.
    """
    cursor.execute("set local enable_nestloop = off")


def _link(cursor: CursorWrapper, records: pa.Table, clock: _Clock, whole: bool) -> Linked:
    decided = linking.judgements(cursor)
    if whole:
        everything = records if records.num_rows == reading.how_many(cursor) else reading.everything(cursor)
        return linking.link_everything(everything, decided, clock.progress)
    return linking.link_changes(cursor, records, decided, clock.progress)


def after_loading(*, delivery_ids: Iterable[int] | None, by: Viewer, now: datetime) -> AfterReport:
    """All that follows a loading: the search, headlines and circles. `delivery_ids` None: of everybody."""
    make_findable(delivery_ids=delivery_ids, by=by)
    return tell_whom_to_ring(delivery_ids=delivery_ids, by=by, now=now)


def make_findable(*, delivery_ids: Iterable[int] | None, by: Viewer) -> int:
    """Bring the search up to date with what a loading said of people and places; returns how many were rewritten.

    It needs who is who, and nothing of what happened.
    """
    with _following(delivery_ids, by) as (cursor, subjects):
        return refresh_search(cursor, subjects)


def tell_whom_to_ring(*, delivery_ids: Iterable[int] | None, by: Viewer, now: datetime) -> AfterReport:
    """What follows once a loading's involvements are written: headlines and circles."""
    started = time.perf_counter()
    with _following(delivery_ids, by) as (cursor, subjects):
        scope = partnership_scope().pk
        told = refresh_headlines(cursor, subjects, scope=scope, today=timezone.localdate(now))
        told += refresh_place_headlines(cursor, scope=scope)
        note_open_work(cursor, today=timezone.localdate(now))
        work, places = follow_work(by=by, now=now), follow_public_places(by=by, now=now)
    opened, closed = (sum(numbers) for numbers in zip(work, places, strict=True))
    return AfterReport(told, opened, closed, round(time.perf_counter() - started, 2))


@contextmanager
def _following(delivery_ids: Iterable[int] | None, by: Viewer) -> Iterator[tuple[CursorWrapper, list[int] | None]]:
    """Nobody else is moved meanwhile; the subjects that the deliveries are about (None: all)."""
    with viewing_as(by), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        subjects = None if delivery_ids is None else _about(cursor, list(delivery_ids))
        if subjects is None or len(subjects) > MANY:
            plan_for_many(cursor)
        yield cursor, subjects


def _about(cursor: CursorWrapper, deliveries: list[int]) -> list[int]:
    """Every person that these deliveries say something of, whoever was on a register of protected children, since they
    may be so no more, and every place (there are few, and any may be new).
    """
    cursor.execute(
        """
        select r.subject_id from linkage_sourcerecord s join subjects_reference r on r.id = s.reference_id
            where s.delivery_id = any (%(given)s) and r.subject_id is not null
        union select i.subject_id from subjects_involvement i where i.delivery = any (%(given)s)
        union select unnest(array[m.from_subject_id, m.to_subject_id]) from linkage_move m
            where m.run_id = (select max(id) from linkage_linkrun)
        union select r.subject_id from linkage_sourcerecord s join subjects_reference r on r.id = s.reference_id
            where s.feed = any (%(protecting)s) and s.ended_at is not null and r.subject_id is not null
        union select p.subject_id from subjects_place p""",
        {"given": deliveries, "protecting": protecting_feeds()},
    )
    return [row[0] for row in cursor.fetchall()]


class _Clock:
    """Says each stage aloud and keeps how long it took."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.seconds: dict[str, float] = {}
        self._name, self._started = "", 0.0

    def begin(self, name: str) -> None:
        self.end()
        self._name, self._started = name, time.perf_counter()
        if self.progress:
            self.progress(name)

    def end(self) -> None:
        if self._name:
            self.seconds[self._name] = round(time.perf_counter() - self._started, 2)
        self._name = ""
