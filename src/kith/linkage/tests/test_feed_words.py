"""What is known of each feed is read from its files once, and again when one of them has changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from kith.linkage.loading.catalogue import catalogue
from kith.linkage.settling.feed_words import feed_words


def test_read_again_only_when_a_file_has_changed(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    settings.FEEDS = (folder,)
    without, words = catalogue(), feed_words()  # no such folder yet
    assert catalogue() is without
    assert all(feed_words()[feed] is told for feed, told in words.items())
    folder.mkdir()
    (folder / "notes.txt").write_text("not a definition", encoding="utf-8")
    assert catalogue() is without
    file = folder / "agencies.yaml"
    file.write_text("agencies: []\n", encoding="utf-8")
    first = catalogue()
    assert first is not without
    os.utime(file, (1_900_000_000, 1_900_000_000))
    assert catalogue() is not first
