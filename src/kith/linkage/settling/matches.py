"""The engine's findings as rows: every unsure pair, and, of the pairs that are one person, each
reference's strongest.

A person with twenty records has 190 pairs. The strongest pair of each reference says why it belongs; the
others say
the same again, so they are not kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import polars as pl
import pyarrow as pa
from django.db.backends.utils import CursorWrapper


def explaining(pairs: pa.Table) -> pl.DataFrame:
    """Pairs worth keeping: left_id < right_id as numbers, probability, match_weight, outcome.

    Equally strong ones stay in the order in which the engine names them, which is that of the files.
    """
    one, other = pl.col("left_id").cast(pl.Int64), pl.col("right_id").cast(pl.Int64)
    found = pl.DataFrame(pl.from_arrow(pairs)).select(
        pl.min_horizontal(one, other).alias("left_id"),
        pl.max_horizontal(one, other).alias("right_id"),
        "probability",
        "match_weight",
        "outcome",
    )
    found = found.with_row_index("place").sort("match_weight", "place", descending=[True, False])
    same = found.filter(pl.col("outcome") == "same")
    ends = [same.with_columns(end=pl.col(side)) for side in ("left_id", "right_id")]
    strongest = (
        pl.concat(ends)
        .sort("match_weight", "place", descending=[True, False])
        .unique("end", keep="first", maintain_order=True)
        .drop("end")
        .unique(["left_id", "right_id"], maintain_order=True)
    )
    return pl.concat([strongest, found.filter(pl.col("outcome") != "same")]).drop("place")


def write_matches(
    cursor: CursorWrapper, pairs: pa.Table, *, found_by: str, now: datetime, about: Iterable[int] | None
) -> int:
    """Write what was found, and forget what is no longer found about these references (None: about any).

    Returns how many pairs were kept.
    """
    kept = explaining(pairs)
    cursor.execute("""create temp table found
        (left_id bigint, right_id bigint, probability float, weight float, outcome text) on commit drop""")
    with cursor.copy("copy found from stdin with (format csv)") as copy:
        copy.write(kept.write_csv(include_header=False))
    cursor.execute("analyze found")
    _forget(cursor, about)
    cursor.execute(
        """insert into linkage_match as m (left_id, right_id, probability, weight, outcome, found_at, found_by)
        select left_id, right_id, probability, weight, outcome, %s, %s from found
        on conflict (left_id, right_id) do update set probability = excluded.probability,
            weight = excluded.weight, outcome = excluded.outcome, found_by = excluded.found_by
        where m.outcome <> excluded.outcome or abs(m.weight - excluded.weight) > 0.01""",
        [now, found_by],
    )
    cursor.execute("drop table found")
    return kept.height


def _forget(cursor: CursorWrapper, about: Iterable[int] | None) -> None:
    either = "" if about is None else "(m.left_id = any (%(about)s) or m.right_id = any (%(about)s)) and"
    cursor.execute(
        f"""delete from linkage_match m where {either} not exists (
            select from found f where f.left_id = m.left_id and f.right_id = m.right_id)""",
        {"about": list(about or ())},
    )
