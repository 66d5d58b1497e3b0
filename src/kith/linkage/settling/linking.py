"""Asking the engine: everything at once the first time, tonight's records against the rest afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db.backends.utils import CursorWrapper

from kith.linkage.engine import Linked, link

Progress = Callable[[str], None]
_DECIDED = """select left_id::text, right_id::text, verdict from linkage_judgement
    where withdrawn_at is null and verdict <> 'unsure'"""


def workshop() -> Path:
    """The folder where the engine keeps its model and index."""
    folder = Path(settings.HOME) / "linkage"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def judgements(cursor: CursorWrapper, among: Collection[int] | None = None) -> pa.Table:
    """What people have decided and not withdrawn: left_id, right_id, verdict ("same" or "different")."""
    cursor.execute(
        _DECIDED if among is None else f"{_DECIDED} and left_id = any (%s) and right_id = any (%s)",
        None if among is None else [list(among), list(among)],
    )
    rows = cursor.fetchall()
    columns = ("left_id", "right_id", "verdict")
    return pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(columns)})


def link_everything(records: pa.Table, decided: pa.Table, progress: Progress | None = None) -> Linked:
    """Link every record anew, obeying what people have decided."""
    return link(records, judgements=decided, progress=progress)


def link_few(records: pa.Table, decided: pa.Table) -> Linked:
    """Link the records of a few people by themselves."""
    return link(records, judgements=decided)


def as_numbers(clusters: pa.Table) -> Iterator[tuple[int, int]]:
    """The engine's clusters as (reference, cluster)."""
    records, labels = clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist()
    return zip(map(int, records), map(int, labels), strict=True)
