"""Three measures of the whole partnership beside the team's own work: number, months, and what they mean in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kith.foundations.charts import Sparkline
from kith.insight.presenters.cuts import Top, show_top
from kith.insight.presenters.figures import show_measure
from kith.insight.queries.cuts import latest_cut
from kith.insight.queries.figures import figures_of
from kith.insight.rules.measures import measures


@dataclass(frozen=True)
class Tile:
    """One measure: its number, what happened, and whether that is more than chance."""

    key: str
    title: str
    number: str
    sentence: str
    meaning: str
    spark: Sparkline | None


@dataclass(frozen=True)
class Tiles:
    """The measures with the cut they come from."""

    top: Top
    tiles: tuple[Tile, ...]


def show_tiles(keys: Iterable[str], today: date) -> Tiles | None:
    """From the latest cut; None where none was taken yet, or none that may be seen."""
    cut = latest_cut()
    if cut is None:
        return None
    found = []
    for key in keys:
        page = show_measure(figures_of(cut, measures()[key]))
        number = page.row.now if page.row.anything else ""
        meaning = page.process.meaning if page.process else ""
        found.append(Tile(key, page.measure.title, number, page.sentence, meaning, page.row.spark))
    return Tiles(show_top(cut, today), tuple(found))
