"""The engine, for pages: brought in when somebody opens or decides a match, and not before.

A web worker that never does carries none of Splink, DuckDB and Polars: tens of megabytes and a second of its start.
"""

from __future__ import annotations

from collections.abc import Collection
from types import ModuleType
from typing import TYPE_CHECKING

from django.db.backends.utils import CursorWrapper

if TYPE_CHECKING:
    from kith.linkage.engine import Explanation


def people_among(cursor: CursorWrapper, references: Collection[int]) -> dict[int, int]:
    """Which of these references belong together by the engine and people's decisions: reference → number of a group."""
    return dict(_engine().people_among(cursor, references))


def explanation(cursor: CursorWrapper, left: int, right: int) -> Explanation:
    """Why two references are, are not or may be one person, in sentences."""
    found: Explanation = _engine().explanation(cursor, left, right)
    return found


def _engine() -> ModuleType:
    from kith.linkage.settling import comparing  # noqa: PLC0415  (the one late import: see above)

    return comparing
