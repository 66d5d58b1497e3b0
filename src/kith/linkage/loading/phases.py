"""The two phases of a delivery, batch by batch: each batch's rows and how far the load has come are one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from kith.chronology.kinds import all_kinds
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.linkage.feeds.checking import DELETED, OK
from kith.linkage.feeds.preparing import checked_batches
from kith.linkage.feeds.readers.source import ROW
from kith.linkage.loading import ending
from kith.linkage.loading.deliveries import LOADED, PEOPLE, RECEIVED, WRITTEN, Work
from kith.linkage.loading.happenings import write_entries
from kith.linkage.loading.naming import make_places, name_subjects
from kith.linkage.loading.people import write_people
from kith.linkage.loading.relations import write_involvements, write_links, write_professionals
from kith.linkage.loading.tables import make
from kith.linkage.models import Delivery

BATCH = 20_000  # rows written in one transaction
Told = Callable[[int], None]  # told how many rows have been gone through


def load_people(work: Work, *, by: Viewer, now: datetime, told: Told) -> None:
    """Phase A. Afterwards the delivery's state is `people`."""
    if work.delivery.state != RECEIVED:
        return
    for batch in _batches(work):
        with viewing_as(by), connection.cursor() as cursor:
            if batch.rows:
                _write_whom(cursor, batch.good, work, now)
            ended = ending.end_deleted_people(cursor, batch.deleted, work.definition, now=now)
            if batch.is_last and _may_lack_something(work) and work.definition.people:
                gone = ending.end_missing_people(cursor, _everything(work), work.definition, now=now)
                ended += gone if work.definition.row_is_a_person else 0
            row, state = (0, PEOPLE) if batch.is_last else (batch.last_row, "")
            _reached(work.delivery, row, ended, state=state)
        told(batch.rows)


def _write_whom(cursor: CursorWrapper, good: pl.DataFrame, work: Work, now: datetime) -> None:
    """The people and the places that rows are about."""
    if work.definition.people:
        write_people(cursor, good, work.definition, delivery=work.delivery.pk, as_at=work.as_at, now=now)
    if work.definition.tells_what_happened:
        make_places(cursor, good, work.definition, now=now)


def load_happenings(work: Work, *, agencies: Mapping[str, int], by: Viewer, now: datetime, told: Told) -> None:
    """Phase C. Afterwards the delivery's state is `written`."""
    if work.delivery.state != PEOPLE:
        return
    for batch in _batches(work):
        with viewing_as(by), connection.cursor() as cursor:
            ended = unchanged = 0
            if batch.rows:
                _write(cursor, batch.good, work, agencies, now)
                ended = ending.end_deleted(cursor, batch.deleted, work.definition, now=now)
                unchanged = _unchanged(cursor, batch.good, work)
            if batch.is_last and _may_lack_something(work):
                ended += ending.end_missing(cursor, _everything(work), work.definition, now=now)
            if batch.is_last:
                _finish(work, ended, unchanged, by, now)
            else:
                _reached(work.delivery, batch.last_row, ended, unchanged)
        told(batch.rows)


def _write(cursor: CursorWrapper, good: pl.DataFrame, work: Work, agencies: Mapping[str, int], now: datetime) -> None:
    definition, delivery, as_at = work.definition, work.delivery.pk, work.as_at
    agency = agencies[definition.agency]
    make(cursor, "t_changed", {"row": "int"})
    write_professionals(cursor, good, definition, agency=agency)
    if not definition.tells_what_happened:
        return
    name_subjects(cursor, good, definition)
    significant = {key: kind.significant for key, kind in all_kinds().items()}
    write_entries(
        cursor, good, definition, delivery=delivery, agency=agency, as_at=as_at, now=now, significant=significant
    )
    write_links(cursor, good, definition, delivery=delivery, as_at=as_at, now=now)
    write_involvements(cursor, good, definition, delivery=delivery, as_at=as_at, now=now)


@dataclass(frozen=True)
class _Batch:
    """Some rows that are still to be written, and whether they are the delivery's last."""

    good: pl.DataFrame
    deleted: pl.DataFrame
    rows: int
    last_row: int
    is_last: bool


def _batches(work: Work) -> Iterator[_Batch]:
    """The batches after the row that the load had reached; at least one, so that there is always a last."""
    replaced = work.prepared.replaced_rows()
    frames = checked_batches(work.prepared, after_row=work.delivery.loaded_to_row, rows=BATCH)
    here = next(frames, None)
    if here is None:
        yield _Batch(pl.DataFrame(), pl.DataFrame(), 0, work.prepared.last_row, True)
    while here is not None:
        coming = next(frames, None)
        standing = here.filter(OK)
        if len(replaced):
            rows = standing[ROW].to_numpy().astype(np.uint64)
            standing = standing.filter(pl.Series(~np.isin(rows, replaced)))
        good, deleted = standing.filter(~pl.col(DELETED)), standing.filter(DELETED)
        yield _Batch(good, deleted, here.height, int(here[ROW][-1]), coming is None)
        here = coming


def _everything(work: Work) -> Iterator[pl.DataFrame]:
    """Every row of the delivery, good or not."""
    return checked_batches(work.prepared, after_row=0, rows=BATCH)


def _unchanged(cursor: CursorWrapper, good: pl.DataFrame, work: Work) -> int:
    """How many of a batch's rows changed nothing: neither what is said of a person nor anything made of the row."""
    cursor.execute(
        """select count(*) from (select row from t_changed
            union select s.row from linkage_sourcerecord s where s.delivery_id = %s and s.row between %s and %s) c""",
        [work.delivery.pk, *([int(good[ROW].min()), int(good[ROW].max())] if good.height else [0, -1])],  # type: ignore[arg-type]
    )
    return max(good.height - int(cursor.fetchone()[0]), 0)


def _may_lack_something(work: Work) -> bool:
    """Whether what is not in this delivery is gone: a whole snapshot, with an earlier delivery and no later one.

    Not where the file broke off, nor where there is nothing that could be missing.
    """
    if work.definition.arrives.mode != "snapshot" or work.prepared.broken_off or not work.prepared.rows:
        return False
    others = Delivery.objects.filter(feed=work.definition.feed).exclude(pk=work.delivery.pk)
    begun = others.filter(Q(loaded_to_row__gt=0) | Q(state__in=(PEOPLE, WRITTEN, LOADED)))
    return begun.exists() and not others.filter(state__in=(WRITTEN, LOADED), as_at__gt=work.as_at).exists()


def _reached(delivery: Delivery, row: int, ended: int, unchanged: int = 0, state: str = "") -> None:
    delivery.loaded_to_row = row
    delivery.rows_ended += ended
    delivery.rows_unchanged += unchanged
    delivery.state = state or delivery.state
    delivery.save(update_fields=["loaded_to_row", "rows_ended", "rows_unchanged", "state"])


def _finish(work: Work, ended: int, unchanged: int, by: Viewer, now: datetime) -> None:
    delivery, prepared = work.delivery, work.prepared
    delivery.rows_loaded = prepared.good - prepared.repeated
    delivery.rows_ended += ended
    delivery.rows_unchanged += unchanged
    delivery.state, delivery.finished_at, delivery.loaded_to_row = WRITTEN, now, prepared.last_row
    delivery.save()
    counts = {"rows": delivery.rows_read, "rejected": delivery.rows_rejected, "ended": delivery.rows_ended}
    record(
        viewer=by,
        action="load-delivery",
        what=f"{work.definition.title}: {delivery.file_name}",
        because="A delivery was brought",
        details={"delivery": delivery.pk, **counts},
        now=now,
    )
