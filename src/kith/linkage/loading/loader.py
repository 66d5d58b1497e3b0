"""Loading files: recognise, keep, read and check, people, linking, what happened, what follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from kith.foundations.access.actions import join_partnership, system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import announce
from kith.foundations.database.side_by_side import WORKERS, side_by_side
from kith.linkage.facts import Loaded
from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.feeds.definition import AgencyDefinition, Definition
from kith.linkage.feeds.keeping import Kept
from kith.linkage.feeds.preparing import Prepared, prepare
from kith.linkage.loading.account import Account, Line
from kith.linkage.loading.deliveries import FAILED, LOADED, PEOPLE, RECEIVED, Work, fail, left_unfinished, note_reading
from kith.linkage.loading.happenings import stand_behind
from kith.linkage.loading.lanes import happening_lanes, people_lanes, reading_order
from kith.linkage.loading.phases import load_happenings, load_people
from kith.linkage.loading.relations import name_workers
from kith.linkage.loading.taking_in import Progress, TakingIn
from kith.linkage.models import Delivery
from kith.linkage.settling.run import make_findable, settle, tell_whom_to_ring

_TakenIn = tuple[Delivery, Definition, Kept]
ONE_LOAD_AT_A_TIME = 7_416_002  # an advisory lock's number


def _silent(stage: str, what: str, done: int, of: int) -> None:
    """Nobody is watching."""


def load_paths(
    paths: Iterable[Path], *, catalogue: Catalogue, now: datetime, progress: Progress = _silent, feed: str = ""
) -> Account:
    """Load files, and every file of folders, as the system viewer `loader`; first, whatever was left unfinished.

    `feed`: load as this feed, whatever the files' names. Safe to kill at any moment and to run again.
    """
    started = time.perf_counter()
    loader = system_viewer("loader")
    with _one_at_a_time():
        account = _Load(catalogue, loader, now, progress, feed).run(list(paths))
    account.seconds = time.perf_counter() - started
    return account


def finish_loads(*, catalogue: Catalogue, now: datetime) -> int:
    """Finish what killed loads left, where no load is at work. Answers how many deliveries were finished."""
    with connection.cursor() as cursor:
        if not left_unfinished().exists():
            return 0
        cursor.execute("select pg_try_advisory_lock(%s)", [ONE_LOAD_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
    try:
        account = load_paths([], catalogue=catalogue, now=now)
    finally:
        _let_the_next_load()
    return sum(line.outcome == "loaded" for line in account.lines)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two loads at once would each see half of what the other does: the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [ONE_LOAD_AT_A_TIME])
    try:
        yield
    finally:
        _let_the_next_load()


def _let_the_next_load() -> None:
    if connection.connection and not connection.connection.closed and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [ONE_LOAD_AT_A_TIME])


class _Load:
    """One run of the loader."""

    def __init__(self, catalogue: Catalogue, loader: Viewer, now: datetime, progress: Progress, feed: str) -> None:
        self.catalogue, self.loader, self.now, self.progress = catalogue, loader, now, progress
        self.account = Account()
        self.is_everybody = False  # everybody was linked anew, so what follows is for everybody too
        self.taking_in = TakingIn(catalogue, loader, now, progress, feed, self.account)

    def run(self, paths: list[Path]) -> Account:
        works = self._people(self.taking_in.deliveries(paths))
        if works:
            agencies = self._agencies(works)
            if any(work.delivery.state == PEOPLE for work in works):
                self._link()
            self._happenings(works, agencies)
            self._follow(works)
        self.account.lines += [_line(work) for work in works]
        self.account.lines.sort(key=lambda line: (line.feed, line.file))
        return self.account

    def _people(self, taken_in: list[_TakenIn]) -> list[Work]:
        """Read and check the deliveries, two at a time, while the people of those that are read are written."""
        works: dict[int, Work] = {}
        readings: dict[int, Future[tuple[Prepared, float]]] = {}

        def write(lane: list[_TakenIn]) -> None:
            for delivery, definition, kept in lane:
                self.progress("reading", kept.name, 0, 0)
                if work := self._work(delivery, definition, kept, *readings[delivery.pk].result()):
                    with self._timed(work, "people") as told:
                        load_people(work, by=self.loader, now=self.now, told=told)
                    works[delivery.pk] = work

        with ThreadPoolExecutor(max_workers=WORKERS) as pool:
            lanes = people_lanes(taken_in)
            for one in reading_order(lanes):
                readings[one[0].pk] = pool.submit(_timed_reading, *one)
            side_by_side([partial(write, lane) for lane in lanes])
        _count_anew("subjects_reference", "linkage_sourcerecord")
        return [works[delivery.pk] for delivery, *_ in taken_in if delivery.pk in works]

    def _happenings(self, works: list[Work], agencies: dict[str, int]) -> None:
        """What happened, and beside it what the search finds people by."""

        def write(lane: list[Work]) -> None:
            for work in lane:
                with self._timed(work, "what happened") as told:
                    load_happenings(work, agencies=agencies, by=self.loader, now=self.now, told=told)

        first, then = happening_lanes(works)
        find = partial(make_findable, delivery_ids=self._concerned(works), by=self.loader)
        side_by_side([find, *[partial(write, lane) for lane in first]])
        _count_anew("chronology_entry", "chronology_entrysubject")
        side_by_side([partial(write, lane) for lane in then])

    def _work(
        self, delivery: Delivery, definition: Definition, kept: Kept, prepared: Prepared, seconds: float
    ) -> Work | None:
        """A delivery that was read, ready to be written; None where it could not be."""
        if prepared.problem:
            fail(delivery, prepared.problem, now=self.now)
            line = Line(kept.name, definition.feed, "failed", words=prepared.problem, delivery=delivery.pk)
            self.account.lines.append(line)
            return None
        if delivery.state == FAILED:
            delivery.state, delivery.finished_at, delivery.loaded_to_row = RECEIVED, None, 0
        if delivery.state == RECEIVED and delivery.loaded_to_row == 0:
            with viewing_as(self.loader):
                note_reading(delivery, prepared)
        return Work(delivery, definition, kept, prepared, seconds)

    def _agencies(self, works: list[Work]) -> dict[str, int]:
        wanted = {key for work in works for key in
                  (work.definition.agency, *(part.agency for part in work.definition.involvements))}  # fmt: skip
        agencies = {key: keep_agency(self.catalogue.agency(key)) for key in sorted(wanted)}
        join_partnership()
        return agencies

    @contextmanager
    def _timed(self, work: Work, stage: str) -> Iterator[Callable[[int], None]]:
        started, done = time.perf_counter(), 0

        def told(rows: int) -> None:
            nonlocal done
            done += rows
            self.progress(stage, work.kept.name, done, work.prepared.rows)

        yield told
        work.seconds += time.perf_counter() - started

    def _link(self) -> None:
        self.progress("linking", "who is who", 0, 0)
        report = settle(by=self.loader, now=self.now, progress=lambda words: self.progress("linking", words, 0, 0))
        self.is_everybody = report.kind == "whole"
        if report.kind != "nothing":
            self.account.linking = (
                f"{report.records:,} numbers linked to {report.people:,} people ({report.new_subjects:,} new); "
                f"{report.unsure:,} pairs of people may be one and await a decision."
            )

    def _follow(self, works: list[Work]) -> None:
        self.progress("finishing", "whom to ring, and circles", 0, 0)
        with viewing_as(self.loader), connection.cursor() as cursor:
            name_workers(cursor)
            for definition in self._may_stand_behind(works):
                stand_behind(cursor, definition)
        tell_whom_to_ring(delivery_ids=self._concerned(works), by=self.loader, now=self.now)
        self.progress("finishing", "what follows from the news", 0, 0)
        with transaction.atomic():  # loaded is what everything has followed from: killed before, it is all done again
            for work in works:
                work.delivery.state = LOADED
            Delivery.objects.bulk_update([work.delivery for work in works], ["state"])
            announce(Loaded(self.loader, self.now))

    def _concerned(self, works: list[Work]) -> list[int] | None:
        """The deliveries that what follows is to be done for; None: everybody."""
        return None if self.is_everybody else [work.delivery.pk for work in works]

    def _may_stand_behind(self, works: list[Work]) -> list[Definition]:
        """Definitions whose entries another feed may tell more fully, where either was brought now."""
        brought = {work.definition.feed for work in works}
        return [
            one for one in self.catalogue.feeds.values()
            if any(part.fuller and (one.feed in brought or brought & set(part.fuller)) for part in one.entries)
        ]  # fmt: skip


def _count_anew(*tables: str) -> None:
    """Tell the planner how much has come: what it knows is from before, and its own look comes minutes later."""
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {', '.join(tables)}")


def _timed_reading(delivery: Delivery, definition: Definition, kept: Kept) -> tuple[Prepared, float]:
    started = time.perf_counter()
    prepared = prepare(kept, definition, today=timezone.localdate(delivery.received_at), day=delivery.as_at)
    return prepared, time.perf_counter() - started


def keep_agency(given: AgencyDefinition) -> int:
    """The agency's row, as agencies.yaml has it now."""
    fields = {
        name: getattr(given, name) for name in ("name", "kind", "phone", "email", "out_of_hours", "in_partnership")
    }
    return Agency.objects.update_or_create(key=given.key, defaults=fields)[0].pk


def _line(work: Work) -> Line:
    delivery = work.delivery
    rejects = str(work.prepared.path / "rejects.csv") if delivery.rows_rejected else ""
    return Line(
        file=work.kept.name, feed=work.definition.feed, outcome="loaded", rows=delivery.rows_read,
        loaded=delivery.rows_loaded - delivery.rows_unchanged, unchanged=delivery.rows_unchanged,
        rejected=delivery.rows_rejected, set_aside=delivery.values_set_aside, ended=delivery.rows_ended,
        seconds=work.seconds, notes=tuple(delivery.notes), rejects_file=rejects, delivery=delivery.pk,
    )  # fmt: skip
