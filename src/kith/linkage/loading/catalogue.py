"""The feeds of this installation: the national returns, then the folders of KITH_FEEDS over them."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kith.chronology.kinds import all_kinds
from kith.linkage.feeds.catalogue import STANDARD, Catalogue, read_catalogue


def feed_folders() -> tuple[Path, ...]:
    """Where definitions are looked for, the last counting most."""
    return (STANDARD, *settings.FEEDS)


def catalogue() -> Catalogue:
    """Every feed and agency known here. Read again when a file has changed."""
    folders = feed_folders()
    return _read(folders, tuple(_changed(folder) for folder in folders))


def _changed(folder: Path) -> float:
    """When a definition was last written; asked at every look, so as cheaply as can be."""
    if not folder.is_dir():
        return 0.0
    with os.scandir(folder) as files:
        return max((file.stat().st_mtime for file in files if file.name.endswith(".yaml")), default=0.0)


@lru_cache(maxsize=8)
def _read(folders: tuple[Path, ...], _changed_at: tuple[float, ...]) -> Catalogue:
    return read_catalogue([folder for folder in folders if folder.is_dir()], kinds=all_kinds())
