"""Asking the engine: everything at once the first time, tonight's records against the rest afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db.backends.utils import CursorWrapper

from kith.linkage.engine import Index, Linked, Model, default_model, link, train
from kith.linkage.settling import reading

Progress = Callable[[str], None]
MODEL, INDEX, STAMP = "model.json", "index", "index.stamp"
ENOUGH_TO_LEARN = 20_000
"""Records; fewer are linked with the model that the engine comes with."""
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


def current_model() -> Model:
    """The model of the last whole linking here, or the one the engine comes with."""
    path = workshop() / MODEL
    return _read_model(path, path.stat().st_mtime) if path.exists() else default_model()


@lru_cache(maxsize=2)
def _read_model(path: Path, _written: float) -> Model:
    return Model.load(path)


def link_everything(records: pa.Table, decided: pa.Table, progress: Progress | None = None) -> Linked:
    """Link every record anew, obeying what people have decided, with a model learnt from these very
    records.
    """
    model = train(records) if records.num_rows >= ENOUGH_TO_LEARN else default_model()
    linked = link(records, model=model, judgements=decided, progress=progress)
    _keep(model)
    return linked


def link_changes(
    cursor: CursorWrapper, changed: pa.Table, decided: pa.Table, progress: Progress | None = None
) -> Linked:
    """Link what is new or says something new with the people there are, who are taken as they stand.

    `pairs` are those with a changed record; `clusters` name every cluster that holds one, whole.
    """
    with _index(cursor, progress) as index:
        if progress:
            progress("comparing with everybody known")
        return index.link(changed, judgements=decided, keep=True)


def _forget_index() -> None:
    (workshop() / STAMP).unlink(missing_ok=True)


def note_index(stamp: str) -> None:
    """The index now says what the database says as of `stamp`. Called once the database has committed."""
    path = workshop() / STAMP
    path.with_suffix(".new").write_text(stamp, encoding="utf-8")
    path.with_suffix(".new").replace(path)


def stamp_of(cursor: CursorWrapper) -> str:
    """What the index must have seen to be up to date: the last linking, and the last move of any record."""
    cursor.execute("""select coalesce((select max(id) from linkage_linkrun where finished_at is not null), 0),
        coalesce((select max(id) from linkage_move), 0)""")
    return "linking {} move {}".format(*cursor.fetchone())


def _index(cursor: CursorWrapper, progress: Progress | None) -> Index:
    """The index as last kept; where people were joined or parted since, or it is missing, made anew from
    the database.
    """
    folder, stamp = workshop() / INDEX, workshop() / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8") == stamp_of(cursor):
        return Index.open(folder)
    _forget_index()
    if progress:
        progress("indexing everybody known")
    return Index.build(reading.unchanged(cursor), _people(cursor), model=current_model(), folder=folder)


def _people(cursor: CursorWrapper) -> pa.Table:
    """Who is who as the database has it; a person is named by the first of their references."""
    cursor.execute("""select id::text, (min(id) over (partition by subject_id))::text from subjects_reference
        where kind = 'person' and subject_id is not null""")
    rows = cursor.fetchall()
    return pa.table(
        {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(("record_id", "cluster_id"))}
    )


def _keep(model: Model) -> None:
    """Written beside and renamed, so that a kill leaves the old model or the new one."""
    path = workshop() / MODEL
    model.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def link_few(records: pa.Table, decided: pa.Table) -> Linked:
    """Link the records of a few people by themselves."""
    return link(records, model=current_model(), judgements=decided)


def as_numbers(clusters: pa.Table) -> Iterator[tuple[int, int]]:
    """The engine's clusters as (reference, cluster), the clusters numbered from 1."""
    numbers: dict[str, int] = {}
    for record, label in zip(clusters["record_id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True):
        yield int(record), numbers.setdefault(label, len(numbers) + 1)
