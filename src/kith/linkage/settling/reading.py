"""What the engine is given: one record for each reference, merged from all that its system's feeds say.

In the order of system and number, which the files alone decide: the engine breaks ties by the order of its records,
so the same files make the same people whatever order they were written in.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import polars as pl
import pyarrow as pa
from django.db.backends.utils import CursorWrapper

FIELDS = (
    "first_name",
    "middle_names",
    "last_name",
    "known_as",
    "former_last_name",
    "date_of_birth",
    "sex",
    "nhs_number",
    "upn",
    "postcode",
    "address",
    "phone",
    "email",
)
_CHANGED = """r.kind = 'person' and (r.subject_id is null or exists (
    select from linkage_sourcerecord c where c.reference_id = r.id and c.linked_as <> {as_it_stands}))"""
AS_IT_STANDS = "{0}.fingerprint || case when {0}.ended_at is null then '' else ' ended' end"
CHANGED = _CHANGED.format(as_it_stands=AS_IT_STANDS.format("c"))


def everything(cursor: CursorWrapper) -> pa.Table:
    """One record for every person reference there is."""
    return _read(cursor, "r.kind = 'person'")


def unchanged(cursor: CursorWrapper) -> pa.Table:
    """One record for every person reference that stands as it did when last linked."""
    return _read(cursor, f"r.kind = 'person' and not ({CHANGED})")


def how_many(cursor: CursorWrapper) -> int:
    """Person references there are."""
    cursor.execute("select count(*) from subjects_reference where kind = 'person'")
    return int(cursor.fetchone()[0])


def how_many_linked(cursor: CursorWrapper) -> int:
    """Person references that have a subject."""
    cursor.execute("select count(*) from subjects_reference where kind = 'person' and subject_id is not null")
    return int(cursor.fetchone()[0])


def changed(cursor: CursorWrapper) -> pa.Table:
    """One record for every person reference that is new, or of which something else is said than when last
    linked.
    """
    return _read(cursor, CHANGED)


def of_references(cursor: CursorWrapper, references: Iterable[int]) -> pa.Table:
    """One record for each of these references."""
    numbers = ",".join(str(int(number)) for number in references)
    return _read(cursor, f"r.id in ({numbers or 'null'})")


def _read(cursor: CursorWrapper, where: str) -> pa.Table:
    facts = ", ".join(f"nullif(btrim(s.facts->>'{field}'), '') as {field}" for field in FIELDS)
    query = f"""copy (select r.id as reference_id, r.system as source, r.key as number, s.stated_on, s.last_seen,
        s.feed, {facts}
        from subjects_reference r left join linkage_sourcerecord s on s.reference_id = r.id
        where {where}) to stdout with (format csv, header true)"""
    with cursor.copy(query) as copy:
        text = b"".join(bytes(part) for part in copy)
    return _one_a_reference(_as_frame(text)).to_arrow()


def _as_frame(text: bytes) -> pl.DataFrame:
    texts = ("source", "number", "stated_on", "last_seen", "feed", *FIELDS)
    types = {"reference_id": pl.Int64} | dict.fromkeys(texts, pl.String)
    return pl.read_csv(io.BytesIO(text), schema_overrides=types)


def _one_a_reference(said: pl.DataFrame) -> pl.DataFrame:
    """The newest non-empty value of each field; other names kept as names the person is also known by."""
    said = (
        said.with_columns(together=pl.len().over("reference_id"))
        .sort("source", "number", "stated_on", "last_seen", "feed", nulls_last=False)
        .with_row_index("place")
    )
    alone = said.filter(pl.col("together") == 1).select("place", "reference_id", "source", *FIELDS)
    several = _merged(said.filter(pl.col("together") > 1))
    return (
        pl.concat([alone, several])
        .sort("place")
        .select(
            pl.col("reference_id").cast(pl.String).alias("record_id"),
            "source",
            *[pl.col(f).str.to_date("%Y-%m-%d", strict=False) if f == "date_of_birth" else pl.col(f) for f in FIELDS],
        )
    )


def _merged(said: pl.DataFrame) -> pl.DataFrame:
    newest = [pl.col(field).drop_nulls().last().alias(field) for field in FIELDS]
    names = [pl.col(field).drop_nulls().unique(maintain_order=True).alias(f"all_{field}") for field in _NAMES]
    first = (pl.col("place").first(), pl.col("source").first())
    one = said.group_by("reference_id", maintain_order=True).agg(*first, *newest, *names)
    return one.with_columns(
        known_as=_other_names("known_as", "first_name"),
        former_last_name=_other_names("former_last_name", "last_name"),
    ).select("place", "reference_id", "source", *FIELDS)


_NAMES = ("first_name", "known_as", "last_name", "former_last_name")


def _other_names(field: str, beside: str) -> pl.Expr:
    """All values of `field` and every value of `beside` but the chosen one, with commas between; null when
    none.
    """
    others = pl.concat_list(f"all_{field}", pl.col(f"all_{beside}").list.set_difference(pl.concat_list(beside)))
    joined = others.list.drop_nulls().list.unique(maintain_order=True).list.join(", ")
    return pl.when(joined == "").then(None).otherwise(joined).alias(field)
