"""Loading files: recognise, keep, read and check, people, linking, what happened, what follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from kith.foundations.access.actions import join_partnership, system_viewer
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.feeds.definition import AgencyDefinition, Definition
from kith.linkage.feeds.keeping import Kept, keep
from kith.linkage.feeds.preparing import Prepared, prepare
from kith.linkage.feeds.recognising import DELIVERED, Recognised, recognise
from kith.linkage.loading.account import Account, Line
from kith.linkage.loading.deliveries import (
    FAILED,
    LOADED,
    PEOPLE,
    RECEIVED,
    UNFINISHED,
    Work,
    came_again,
    day_in_name,
    fail,
    note_reading,
    receive,
)
from kith.linkage.loading.happenings import stand_behind
from kith.linkage.loading.phases import load_happenings, load_people
from kith.linkage.loading.relations import name_workers
from kith.linkage.models import Delivery
from kith.linkage.settling import after_loading, settle

ONE_LOAD_AT_A_TIME = 7_416_002  # an advisory lock's number
Progress = Callable[[str, str, int, int], None]  # stage, what, done, of


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


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two loads at once would each see half of what the other does: the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [ONE_LOAD_AT_A_TIME])
    try:
        yield
    finally:
        if connection.connection and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [ONE_LOAD_AT_A_TIME])


class _Load:
    """One run of the loader."""

    def __init__(self, catalogue: Catalogue, loader: Viewer, now: datetime, progress: Progress, feed: str) -> None:
        self.catalogue, self.loader, self.now, self.progress = catalogue, loader, now, progress
        self.only_feed = feed
        self.account = Account()

    def run(self, paths: list[Path]) -> Account:
        works = self._people(self._taken_in([*self._left_over(), *self._brought(paths)]))
        agencies = self._agencies(works)
        if any(work.delivery.state == PEOPLE for work in works):
            self._link()
        for work in sorted(works, key=lambda one: any(part.about_of for part in one.definition.entries)):
            with self._timed(work, "what happened") as told:
                load_happenings(work, agencies=agencies, by=self.loader, now=self.now, told=told)
        if works:
            self._follow(works)
        self.account.lines += [_line(work) for work in works]
        self.account.lines.sort(key=lambda line: (line.feed, line.file))
        return self.account

    def _people(self, taken_in: list[tuple[Delivery, Definition, Kept]]) -> list[Work]:
        """Read and check the deliveries, two at a time, while the people of those that are read are written."""
        works = []
        with ThreadPoolExecutor(max_workers=2) as pool:
            reading = [(*one, pool.submit(_timed_reading, *one)) for one in taken_in]
            for delivery, definition, kept, read in reading:
                self.progress("reading", kept.name, 0, 0)
                prepared, seconds = read.result()
                if work := self._work(delivery, definition, kept, prepared, seconds):
                    with self._timed(work, "people") as told:
                        load_people(work, by=self.loader, now=self.now, told=told)
                    works.append(work)
        return works

    def _left_over(self) -> Iterator[tuple[Kept, list[Definition]]]:
        """Deliveries that a killed load had taken in and not finished."""
        for delivery in Delivery.objects.filter(state__in=UNFINISHED).exclude(feed="").order_by("pk"):
            definition = self.catalogue.feed(delivery.feed)
            original = next((settings.DELIVERIES / delivery.sha256).glob("as-it-came*"), None)
            if definition and original:
                kept = keep(original, settings.DELIVERIES)
                yield Kept(delivery.file_name, kept.sha256, kept.bytes, kept.folder, kept.path, kept.text), [definition]

    def _brought(self, paths: list[Path]) -> Iterator[tuple[Kept, list[Definition]]]:
        """The files given, oldest day first, with the feeds that each is."""
        today = timezone.localdate(self.now)
        files = [file for path in paths for file in self._files(path)]
        for file in sorted(files, key=lambda one: (day_in_name(one.name, today=today) or today, str(one))):
            self.progress("recognising", file.name, 0, 0)
            found = self._recognise(file)
            if found.feeds:
                yield keep(file, settings.DELIVERIES), list(found.feeds)
            elif found.failed:
                self._refuse(file, found)
            else:
                self._unknown(file, found)

    def _files(self, path: Path) -> list[Path]:
        if not path.exists():
            self.account.lines.append(Line(str(path), "", "failed", words="There is no such file."))
            return []
        if path.is_file():
            return [path]
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        for file in inside:
            if file.suffix.lower() not in DELIVERED:
                self.account.lines.append(
                    Line(file.name, "", "unknown", words="Not a kind of file that feeds come in.")
                )
        return [file for file in inside if file.suffix.lower() in DELIVERED]

    def _recognise(self, file: Path) -> Recognised:
        if self.only_feed:
            definition = self.catalogue.feed(self.only_feed)
            return (
                Recognised((definition,)) if definition else Recognised(problem=f"No feed is named {self.only_feed}.")
            )
        if file.suffix.lower() not in DELIVERED:
            return Recognised(problem="Not a kind of file that feeds come in.")
        return recognise(file, self.catalogue.feeds.values())

    def _refuse(self, file: Path, found: Recognised) -> None:
        """A delivery of a feed whose file cannot be read as it: kept, and failed in words."""
        kept = keep(file, settings.DELIVERIES)
        for definition, why in found.failed:
            delivery, _ = receive(kept=kept, feed=definition.feed, by=self.loader, now=self.now)
            if delivery.state != LOADED:
                fail(delivery, why, now=self.now)
            self.account.lines.append(Line(kept.name, definition.feed, "failed", words=why, delivery=delivery.pk))

    def _unknown(self, file: Path, found: Recognised) -> None:
        """Nobody's feed: kept as it came all the same, where it might be one."""
        if file.suffix.lower() in DELIVERED:
            kept = keep(file, settings.DELIVERIES)
            delivery, _ = receive(kept=kept, feed="", by=self.loader, now=self.now)
            delivery.problem = found.sentence
            delivery.save(update_fields=["problem"])
        self.account.lines.append(Line(file.name, "", "unknown", words=found.sentence))

    def _taken_in(self, brought: Iterable[tuple[Kept, list[Definition]]]) -> list[tuple[Delivery, Definition, Kept]]:
        """The deliveries that are to be loaded; those that were loaded before go into the account at once."""
        taken: dict[int, tuple[Delivery, Definition, Kept]] = {}
        for kept, definitions in brought:
            for definition in definitions:
                delivery, _ = receive(kept=kept, feed=definition.feed, by=self.loader, now=self.now)
                if delivery.pk in taken:
                    first = taken[delivery.pk]
                    came_again(first[0], kept.name, now=self.now)
                    words = f"The same file as {first[2].name}, byte for byte; read once."
                    self.account.lines.append(Line(kept.name, definition.feed, "nothing new", words=words))
                elif delivery.state == LOADED:
                    self.account.lines.append(_already(kept, delivery))
                    came_again(delivery, kept.name, now=self.now)
                else:
                    taken[delivery.pk] = delivery, definition, kept
        return list(taken.values())

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
        if report.kind != "nothing":
            self.account.linking = (
                f"{report.records:,} numbers linked to {report.people:,} people ({report.new_subjects:,} new); "
                f"{report.unsure:,} pairs are for a person to decide."
            )

    def _follow(self, works: list[Work]) -> None:
        self.progress("finishing", "whom to ring, circles, search", 0, 0)
        with viewing_as(self.loader), connection.cursor() as cursor:
            name_workers(cursor)
            for definition in self._may_stand_behind(works):
                stand_behind(cursor, definition)
        after_loading(delivery_ids=[work.delivery.pk for work in works], by=self.loader, now=self.now)
        for work in works:
            work.delivery.state = LOADED
        Delivery.objects.bulk_update([work.delivery for work in works], ["state"])

    def _may_stand_behind(self, works: list[Work]) -> list[Definition]:
        """Definitions whose entries another feed may tell more fully, where either was brought now."""
        brought = {work.definition.feed for work in works}
        return [
            one for one in self.catalogue.feeds.values()
            if any(part.fuller and (one.feed in brought or brought & set(part.fuller)) for part in one.entries)
        ]  # fmt: skip


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


def _already(kept: Kept, delivery: Delivery) -> Line:
    words = f"Already loaded on {timezone.localtime(delivery.received_at):%-d %B %Y}; nothing changed."
    return Line(kept.name, delivery.feed, "nothing new", words=words, delivery=delivery.pk)
