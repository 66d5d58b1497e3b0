"""Whose record is drawn: by lot, from a seed that is kept, so that anybody can draw again and nobody chooses."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def by_lot(subject_ids: Iterable[int], seed: str, how_many: int) -> list[int]:
    """As many as asked for, in the order of the lot. The seed and the record alone decide a record's number."""
    return sorted(set(subject_ids), key=lambda pk: (sha256(f"{seed}-{pk}".encode()).digest(), pk))[:how_many]
