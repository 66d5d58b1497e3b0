"""Files about people in the terms of the records contract go to the people's engine, with its guard against twins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, cast

import duckdb
import pyarrow as pa

from kith.linkage.engine.comparisons import COMPARISONS, level_number_sql
from kith.linkage.engine.database import connect
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.files.columns import Column, Guess
from kith.linkage.engine.files.comparing import date_sql, quoted
from kith.linkage.engine.files.matching import FileMatch, NotEnoughColumnsError
from kith.linkage.engine.linking import link
from kith.linkage.engine.model import default_model
from kith.linkage.engine.records import TEXT_FIELDS, read_records
from kith.linkage.engine.training import ENOUGH, train

OUR_NAMES = (
    (r"middle", "middle_names"),
    (r"known|preferred|alias", "known_as"),
    (r"former|maiden|previous", "former_last_name"),
    (r"nhs", "nhs_number"),
    (r"upn|pupil", "upn"),
    (r"sex|gender", "sex"),
)
BY_ROLE = {
    "first_name": "first_name",
    "last_name": "last_name",
    "date": "date_of_birth",
    "postcode": "postcode",
    "phone": "phone",
    "email": "email",
    "place": "address",
}


def our_columns(guess: Guess) -> dict[str, str]:
    """Our field to the file's column, for what the contract knows."""
    found: dict[str, str] = {}
    for column in guess.columns:
        ours = _our_name(column)
        if ours and ours not in found:
            found[ours] = column.name
    return found


def holds_people(guess: Guess) -> bool:
    """First name, surname and date of birth are there, and nothing else of weight that the contract does not know."""
    ours = our_columns(guess)
    known = set(ours.values())
    strange = [
        column
        for column in guess.columns
        if column.name not in known and column.role in ("identifier", "place", "number", "text", "name", "date")
    ]
    return {"first_name", "last_name", "date_of_birth"} <= set(ours) and not strange


def match_people(
    left: pa.Table,
    right: pa.Table | None,
    guess: Guess,
    *,
    ids: tuple[list[str], list[str]],
    engine: str = "duckdb",
    threshold: float = 0.9,
    progress: Callable[[str], None] | None = None,
) -> FileMatch:
    """Match rows as the partnership's own records are matched: checked numbers, forms of names, no twins made one."""
    con = connect()
    ours = our_columns(guess)
    if not {"first_name", "last_name"} <= set(ours):
        raise NotEnoughColumnsError("People are matched by first name and surname at least; say which with --map.")
    records = _as_records(con, left, right, ours)
    model = train(records) if len(records) >= ENOUGH else default_model()
    model = model.with_thresholds(same=threshold, unsure=min(threshold, model.thresholds.unsure))
    linked = link(records, model=model, engine=cast(Literal["duckdb", "spark"], engine), progress=progress)
    pairs = linked.pairs.filter(pa.compute.greater_equal(linked.pairs["probability"], threshold))
    pairs = pairs.filter(pa.compute.equal(pairs["outcome"], "same"))
    if right is not None:
        pairs = pairs.filter(
            pa.compute.not_equal(
                pa.compute.utf8_slice_codeunits(pairs["left_id"], 0, 1),
                pa.compute.utf8_slice_codeunits(pairs["right_id"], 0, 1),
            )
        )
    names = {f"a{number}": name for number, name in enumerate(ids[0])}
    names |= {f"b{number}": name for number, name in enumerate(ids[1])}
    return FileMatch(_told(con, records, pairs, names), _clusters(linked.clusters, names), linked.report.candidates)


def _our_name(column: Column) -> str | None:
    tidy = re.sub(r"[^a-z0-9]+", "_", column.name.lower())
    if column.role in ("name", "identifier", "category"):
        return next((ours for pattern, ours in OUR_NAMES if re.search(pattern, tidy)), None)
    return BY_ROLE.get(column.role)


def _as_records(
    con: duckdb.DuckDBPyConnection, left: pa.Table, right: pa.Table | None, ours: dict[str, str]
) -> pa.Table:
    columns = [f"{quoted(ours[name])} as {name}" for name in TEXT_FIELDS if name in ours]
    if "date_of_birth" in ours:
        columns.append(f"try_strptime({date_sql(quoted(ours['date_of_birth']))}, '%Y%m%d')::date as date_of_birth")
    parts = []
    for side, table in (("a", left), ("b", right)):
        if table is not None:
            con.register(f"people_{side}", table.append_column("kith_row", pa.array(range(table.num_rows))))
            parts.append(f"select '{side}' || kith_row as record_id, {', '.join(columns)} from people_{side}")
    return con.sql(" union all ".join(parts)).to_arrow_table()


def _told(con: duckdb.DuckDBPyConnection, records: pa.Table, pairs: pa.Table, names: dict[str, str]) -> pa.Table:
    read_records(con, records, "told")
    prepare(con, default_model())
    build_names(con, "told", "told_names")
    build_spellings(con, "told_names")
    build_features(con, "told", "told_names", "told_features")
    con.register("told_pairs", pairs)
    numbers = ", ".join(level_number_sql(comparison) for comparison in COMPARISONS)
    rows = con.execute(f"""select p.left_id, p.right_id, p.probability, p.match_weight, {numbers} from told_pairs p
        join told_features L on L.record_id = p.left_id join told_features R on R.record_id = p.right_id
        order by p.match_weight desc, p.left_id, p.right_id""").fetchall()
    return pa.table(
        {
            "id_left": pa.array([names[row[0]] for row in rows], pa.string()),
            "id_right": pa.array([names[row[1]] for row in rows], pa.string()),
            "probability": pa.array([round(row[2], 6) for row in rows], pa.float64()),
            "match_weight": pa.array([round(row[3], 3) for row in rows], pa.float64()),
            "reasons": pa.array(
                [
                    "; ".join(c.levels[at].sentence for c, at in zip(COMPARISONS, row[4:], strict=True) if at >= 0)
                    for row in rows
                ],
                pa.string(),
            ),
        }
    )


def _clusters(clusters: pa.Table, names: dict[str, str]) -> pa.Table:
    return pa.table(
        {
            "id": [names[name] for name in clusters["record_id"].to_pylist()],
            "cluster_id": [names[name] for name in clusters["cluster_id"].to_pylist()],
        }
    )
