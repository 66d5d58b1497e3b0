"""Which cuts there are, and what their manifests say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from kith.insight.models import Cut

MANIFEST = "manifest.json"
FEW = 20  # cuts read at a time


def cuts() -> QuerySet[Cut]:
    """Every cut, the newest first."""
    return Cut.objects.order_by("-as_at", "-made_at").select_related("made_by")


def latest_cut() -> Cut | None:
    """The newest cut whose files are here, or None: after a restore they may be fewer than the database knows."""
    newest = cuts().first()
    if newest is None or has_files(newest):
        return newest
    return next((cut for cut in cuts().iterator(FEW) if has_files(cut)), None)


def cut_or_none(name: str) -> Cut | None:
    """A cut by its name, where its files are here."""
    cut = Cut.objects.filter(name=name).select_related("made_by").first()
    return cut if cut and has_files(cut) else None


def folder_of(cut: Cut) -> Path:
    """Where its files stand."""
    return Path(settings.CUTS) / cut.name


def has_files(cut: Cut) -> bool:
    """Whether its files stand where they were kept."""
    return folder_of(cut).is_dir()


def manifest_of(cut: Cut) -> dict[str, Any]:
    """What its manifest says: as_at, tables, feeds, sha256."""
    found: dict[str, Any] = json.loads((folder_of(cut) / MANIFEST).read_text(encoding="utf-8"))
    return found


def what_changed(cut: Cut) -> list[str]:
    """The files of a cut that are not what they were when it was made: none, unless somebody touched them."""
    folder = folder_of(cut)
    if not (folder / MANIFEST).exists():
        return [MANIFEST]
    manifest = manifest_of(cut)
    said = {f"{name}.parquet": about["sha256"] for name, about in manifest["tables"].items()}
    wrong = [] if manifest["sha256"] == cut.sha256 else [MANIFEST]
    return wrong + [name for name, sha256 in sorted(said.items()) if _hash(folder / name) != sha256]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
