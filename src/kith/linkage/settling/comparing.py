"""A few references compared by themselves: those of the people that a match or a judgement is about."""

from __future__ import annotations

from collections.abc import Collection

from django.db.backends.utils import CursorWrapper

from kith.linkage.engine import Explanation, explain
from kith.linkage.settling import linking, reading


def people_among(cursor: CursorWrapper, references: Collection[int]) -> dict[int, int]:
    """See `engine_door`."""
    linked = linking.link_few(reading.of_references(cursor, references), linking.judgements(cursor, references))
    return dict(linking.as_numbers(linked.clusters))


def explanation(cursor: CursorWrapper, left: int, right: int) -> Explanation:
    """See `engine_door`."""
    records = {int(row["record_id"]): row for row in reading.of_references(cursor, [left, right]).to_pylist()}
    return explain(records[left], records[right], model=linking.current_model())
