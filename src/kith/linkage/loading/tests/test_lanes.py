"""Lanes: the longest first, each in the order in which its files came, and read so that each has something to write."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kith.linkage.feeds.keeping import Kept, TextFacts
from kith.linkage.loading.lanes import people_lanes, reading_order


def brought(system: str, name: str, size: int) -> Any:
    kept = Kept(name, "", size, Path(), Path(), TextFacts())
    return SimpleNamespace(), SimpleNamespace(system=system), kept


def names(lane: Any) -> list[str]:
    return [kept.name for *_, kept in lane]


def test_the_longest_lane_is_begun_first_and_each_lane_keeps_its_order() -> None:
    files = [brought("a", "a1", 5), brought("b", "b1", 90), brought("a", "a2", 20), brought("b", "b2", 1)]
    lanes = people_lanes(files)
    assert [names(lane) for lane in lanes] == [["b1", "b2"], ["a1", "a2"]]
    assert names(reading_order([*lanes, [brought("c", "c1", 1)]])) == ["b1", "a1", "c1", "b2", "a2"]
