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
    """Pairs worth keeping: left_id < right_id as numbers, probability, match_weight, outcome."""
    one, other = pl.col("left_id").cast(pl.Int64), pl.col("right_id").cast(pl.Int64)
    found = pl.DataFrame(pl.from_arrow(pairs)).select(
        pl.min_horizontal(one, other).alias("left_id"),
        pl.max_horizontal(one, other).alias("right_id"),
        "probability",
        "match_weight",
        "outcome",
    )
    same = found.filter(pl.col("outcome") == "same").sort(
        "match_weight", "left_id", "right_id", descending=[True, False, False]
    )
    ends = [same.with_columns(end=pl.col(side)) for side in ("left_id", "right_id")]
    strongest = (
        pl.concat(ends)
        .sort("match_weight", "left_id", "right_id", descending=[True, False, False])
        .unique("end", keep="first", maintain_order=True)
        .drop("end")
        .unique(["left_id", "right_id"], maintain_order=True)
    )
    return pl.concat([strongest, found.filter(pl.col("outcome") != "same")])


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


_UNDECIDED = """
    select distinct on (least(l.subject_id, r.subject_id), greatest(l.subject_id, r.subject_id))
           m.id, l.subject_id as left_subject, r.subject_id as right_subject
    from linkage_match m join subjects_reference l on l.id = m.left_id join subjects_reference r on r.id =
        m.right_id
    where m.outcome = 'unsure' and l.subject_id <> r.subject_id
      and not exists (select from linkage_judgement j join subjects_reference jl on jl.id = j.left_id
          join subjects_reference jr on jr.id = j.right_id where j.withdrawn_at is null
          and ((jl.subject_id = l.subject_id and jr.subject_id = r.subject_id)
            or (jl.subject_id = r.subject_id and jr.subject_id = l.subject_id)))
    order by least(l.subject_id, r.subject_id), greatest(l.subject_id, r.subject_id), m.weight desc, m.id
"""


def refresh_under_review(cursor: CursorWrapper) -> int:
    """Note who awaits a decision, so that a data officer sees their records and no others; returns how many pairs.

    Only what has changed is written: a decision changes one line of thousands.
    """
    cursor.execute(f"create temp table undecided on commit drop as {_UNDECIDED}")
    cursor.execute(
        "delete from linkage_underreview u where not exists (select from undecided n where n.id = u.match_id)"
    )
    cursor.execute("""insert into linkage_underreview as u (match_id, left_subject_id, right_subject_id)
        select id, left_subject, right_subject from undecided
        on conflict (match_id) do update set left_subject_id = excluded.left_subject_id,
            right_subject_id = excluded.right_subject_id
        where (u.left_subject_id, u.right_subject_id) <> (excluded.left_subject_id, excluded.right_subject_id)""")
    cursor.execute("""create temp table shown on commit drop as select r.id from subjects_reference r
        where r.subject_id in (select left_subject from undecided union select right_subject from undecided)""")
    cursor.execute("""delete from linkage_referenceunderreview u
        where not exists (select from shown s where s.id = u.reference_id)""")
    cursor.execute("insert into linkage_referenceunderreview select id from shown on conflict do nothing")
    cursor.execute("select count(*) from undecided")
    count = int(cursor.fetchone()[0])
    cursor.execute("drop table undecided, shown")
    return count
