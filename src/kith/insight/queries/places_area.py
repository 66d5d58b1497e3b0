"""The partnership's own outlines behind the map: as tiles, as lines for the drawing, and the names of wards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from kith.insight.engine.places import area_kept, tiles
from kith.insight.engine.places.area_reading import DRAWN
from kith.insight.engine.places.area_shapes import Box, Line, Shape, Sort, area_of, box_of, name_point

STATED = ("authority", "wards", "small-areas", "water", "parks", "roads", "stations", "deprivation", "children")


@dataclass(frozen=True)
class Background:
    """What lies behind the map. `version` changes whenever anything of it does; "" where there is nothing."""

    version: str
    sources: tuple[str, ...]
    editions: tuple[str, ...]
    labels: tuple[tuple[str, float, float], ...]  # wards: name, longitude, latitude; the largest first
    box: Box | None
    fifths: bool


def background() -> Background:
    """What was given, in words and names."""
    there = [about for about in area_kept.kept(_folder()) if about.kind in STATED]
    wards = sorted(shapes("wards"), key=_size, reverse=True)
    drawn = lines(DRAWN)
    return Background(
        version="".join(about.sha256[:4] for about in there),
        sources=tuple(dict.fromkeys(about.source for about in there)),
        editions=tuple(f"{about.kind.replace('-', ' ')} {about.edition}" for about in there if about.edition),
        labels=tuple((ward.name, *name_point(ward)) for ward in wards),
        box=box_of(drawn) if drawn else None,
        fifths=bool(fifth_by_area()) and bool(shapes("small-areas")),
    )


def shapes(kind: str) -> tuple[Shape, ...]:
    """The shapes of a kind; none where none were given."""
    return area_kept.shapes_of(_folder(), kind)


def lines(kinds: Sequence[str]) -> list[Line]:
    """Every ring and line of some kinds."""
    return [line for kind in kinds for shape in shapes(kind) for line in shape.lines]


def fifth_by_area() -> dict[str, int]:
    """Small area → fifth of deprivation, 1 the most deprived in the country."""
    return {code: (tenth + 1) // 2 for code, tenth in area_kept.listed(_folder(), "deprivation").items()}


@dataclass(frozen=True)
class Living:
    """Everybody under 18 by tenth of deprivation of where they live; 0: the small area is not in the index."""

    by_tenth: dict[int, int]
    areas: dict[int, int]  # how many small areas
    source: str

    @property
    def whole(self) -> int:
        return sum(self.by_tenth.values())

    def of_fifth(self, fifth: int) -> int:
        """Children of two tenths; those of no known tenth for 0."""
        return sum(many for tenth, many in self.by_tenth.items() if (tenth + 1) // 2 == fifth)


def children_living() -> Living | None:
    """Of the partnership's own small areas, where these were given, else of all in the file; None without files."""
    folder = _folder()
    given, index = area_kept.listed(folder, "children"), area_kept.listed(folder, "deprivation")
    about = area_kept.about_of(folder, "children")
    if not (given and index and about):
        return None
    own = {shape.code for shape in shapes("small-areas")} or set(given)
    by_tenth, areas = dict.fromkeys(range(11), 0), dict.fromkeys(range(11), 0)
    for code, many in given.items():
        if code in own:
            by_tenth[index.get(code, 0)] += many
            areas[index.get(code, 0)] += 1
    edition = f", {about.edition}" if about.edition else ""
    return Living(by_tenth, areas, f"{about.source}{edition}") if sum(by_tenth.values()) else None


def fifth_by_postcode() -> dict[str, int]:
    """Postcode without its blank → fifth of deprivation, for the cut, which keeps the fifth alone."""
    fifths = fifth_by_area()
    return {one: fifths[area] for one, area in area_kept.listed(_folder(), "postcodes").items() if area in fifths}


def tile(z: int, x: int, y: int) -> bytes:
    """One tile of the map; empty where nothing lies in it."""
    return _tile(str(_folder()), background().version, z, x, y)


def _folder() -> Path:
    return Path(settings.AREA)


def _size(shape: Shape) -> float:
    return sum(abs(area_of(line)) for line in shape.lines) if shape.sort is Sort.AREA else 0.0


@lru_cache(maxsize=1024)
def _tile(folder: str, version: str, z: int, x: int, y: int) -> bytes:
    return tiles.tile(_layers(folder, version), z, x, y)


@lru_cache(maxsize=2)  # the one before and the one after a change
def _layers(folder: str, version: str) -> dict[str, list[tiles.Ready]]:
    fifths = fifth_by_area()
    return {kind: [tiles.ready(shape, _told(kind, shape, fifths)) for shape in shapes(kind)] for kind in DRAWN}


def _told(kind: str, shape: Shape, fifths: dict[str, int]) -> dict[str, str | int]:
    """What a tile tells of a shape; a fifth of nought is one that is not known."""
    about: dict[str, str | int] = {"name": shape.name}
    return about | {"fifth": fifths.get(shape.code, 0)} if kind == "small-areas" else about
