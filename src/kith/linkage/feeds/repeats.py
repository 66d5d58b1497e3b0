"""Rows of one file with the same key: which a later one replaces. Memory stays small, whatever the file's size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.readers.source import ROW

PARTS = 64
HELD = 2_000_000  # rows held in memory before they are put on disk in parts

Pairs = NDArray[np.uint64]  # two columns: a hash of the key, the row


class Repeats:
    """Sees every good row's key; afterwards says which rows a later row of the same key replaces."""

    def __init__(self, definition: Definition, folder: Path) -> None:
        self.key, self.folder = list(definition.key), folder
        self._held: list[Pairs] = []
        self._count = 0
        self._spilled = False

    def see(self, good: pl.DataFrame) -> None:
        if not self.key or not good.height:
            return
        hashes = good.select(pl.struct(self.key).hash(seed=7)).to_series().to_numpy()
        self._held.append(np.column_stack([hashes, good[ROW].to_numpy().astype(np.uint64)]))
        self._count += good.height
        if self._count > HELD:
            self._spill()

    def replaced(self) -> Pairs:
        """The numbers of replaced rows, in order."""
        if self._spilled:
            self._spill()
            parts = [_replaced(np.fromfile(path, dtype=np.uint64).reshape(-1, 2)) for path in self._parts()]
        else:
            parts = [_replaced(np.concatenate(self._held))] if self._held else []
        for path in self._parts():
            path.unlink()
        return np.sort(np.concatenate(parts)) if parts else np.empty(0, dtype=np.uint64)

    def _parts(self) -> list[Path]:
        return sorted(self.folder.glob("keys-*.bin"))

    def _spill(self) -> None:
        pairs = np.concatenate(self._held) if self._held else np.empty((0, 2), dtype=np.uint64)
        for part in range(PARTS):
            chosen = pairs[pairs[:, 0] % PARTS == part]
            with open(self.folder / f"keys-{part:02d}.bin", "ab") as handle:
                chosen.tofile(handle)
        self._held, self._count, self._spilled = [], 0, True


def _replaced(pairs: Pairs) -> Pairs:
    """Rows whose key stands again further on."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    ordered = pairs[order]
    rows: Pairs = ordered[:-1, 1][ordered[:-1, 0] == ordered[1:, 0]]
    return rows
