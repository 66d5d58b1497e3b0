"""What a partnership gave of its area: a file a kind, replaced as a whole or not at all, read again once a change."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.insight.engine.places.area_reading import KINDS
from kith.insight.engine.places.area_shapes import Shape, Sort


@dataclass(frozen=True)
class About:
    """Where a file is from. `edition`: of the boundaries, such as 2021; `source`: words that stand under the map."""

    kind: str
    edition: str
    source: str
    file: str
    sha256: str  # of the file as it was given
    added_at: str
    count: int


def keep(
    folder: Path,
    given: Path,
    found: list[Shape] | dict[str, Any],
    *,
    kind: str,
    edition: str,
    source: str,
    now: datetime,
) -> About:
    """Put what was read in the place of what stood there before."""
    sha256 = hashlib.sha256(given.read_bytes()).hexdigest()
    about = About(kind, edition, source, given.name, sha256, now.isoformat(timespec="seconds"), len(found))
    rows = found if isinstance(found, dict) else [asdict(shape) for shape in found]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as file:
        json.dump({"about": asdict(about), "rows": rows}, file, separators=(",", ":"))
    os.chmod(file.name, 0o644)  # the site reads what the owner wrote
    os.replace(file.name, folder / f"{kind}.json")
    return about


def take_away(folder: Path, kind: str) -> bool:
    """Whether there was one to take away."""
    path = folder / f"{kind}.json"
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def kept(folder: Path) -> list[About]:
    """What there is, in the order of kinds."""
    return [about for kind in KINDS if (about := about_of(folder, kind))]


def about_of(folder: Path, kind: str) -> About | None:
    """Where the file of a kind is from, or None where none was given."""
    told = _told(folder, kind)
    return About(**told["about"]) if told else None


def shapes_of(folder: Path, kind: str) -> tuple[Shape, ...]:
    """The shapes of a kind; none where no file was given."""
    path = folder / f"{kind}.json"
    return _shapes(path, _written(path)) if path.exists() else ()


def listed(folder: Path, kind: str) -> dict[str, Any]:
    """What stands in a list (deprivation, postcodes); nothing where none was given."""
    told = _told(folder, kind)
    return dict(told["rows"]) if told else {}


def _told(folder: Path, kind: str) -> dict[str, Any] | None:
    path = folder / f"{kind}.json"
    return _parsed(path, _written(path)) if path.exists() else None


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


@lru_cache(maxsize=16)
def _parsed(path: Path, written: int) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


@lru_cache(maxsize=16)
def _shapes(path: Path, written: int) -> tuple[Shape, ...]:
    return tuple(
        Shape(
            row["code"],
            row["name"],
            Sort(row["sort"]),
            tuple(tuple(tuple((x, y) for x, y in line) for line in part) for part in row["parts"]),
        )
        for row in json.loads(path.read_text(encoding="utf-8"))["rows"]
    )
