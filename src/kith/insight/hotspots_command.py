"""`kith hotspots`: where more happens than expected, from anybody's file of events; no database, no web site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from kith.insight.engine.places.columns import ColumnsUnclearError, one_of
from kith.insight.engine.places.editions import editions_of, given_up_in_2021
from kith.insight.engine.places.finding import FEWEST_HEXAGONS, Places, find_places, write_geojson
from kith.insight.engine.places.getis import RATE, enough_permutations
from kith.insight.engine.places.hexagons import SIDE_METRES
from kith.insight.engine.places.reading import Events, FileUnreadableError
from kith.insight.events_command import read


@click.command()
@click.argument("events", metavar="EVENTS.csv", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the hexagons are written (GeoJSON).")
@click.option("--map", "mapped", multiple=True, metavar="THEIRS=OURS", help="Say what a column is, e.g. Y=latitude.")
@click.option("--resolution", type=click.IntRange(4, 10), help="Of the hexagons: 9 has sides of 200 m, 8 of 530 m.")
@click.option(
    "--permutations",
    type=click.IntRange(99, 199_999),
    help="Rounds of chance. [default: 999, or as many as one hexagon alone needs to be found]",
)
@click.option("--rate", type=click.FloatRange(0.001, 0.5), default=RATE, show_default=True, help="False ones accepted.")
@click.option("--seed", default=20, show_default=True, help="The same gives the same.")
@click.option(
    "--lookup", type=click.Path(path_type=Path), help="The ONS's look-up from 2011 to 2021 areas, to count codes."
)
def hotspots(
    events: Path,
    out: Path,
    mapped: tuple[str, ...],
    resolution: int | None,
    permutations: int | None,
    rate: float,
    seed: int,
    lookup: Path | None,
) -> None:
    """Find the hexagons in and around which more happens than expected, unlikely by chance."""
    console = Console(stderr=True)
    try:
        given_up = given_up_in_2021(lookup) if lookup else None
        happened = read(console, events, mapped, out, positions=True)
        days = happened.table["day"] if one_of(happened.columns, "moment", "date", "month") else None
        places = find_places(
            happened.table["latitude"].to_numpy(),
            happened.table["longitude"].to_numpy(),
            seed=seed,
            days=days,
            resolution=resolution,
            permutations=permutations,
            rate=rate,
        )
        said = [*_areas(happened, given_up), *_words(places)]
        with out.open("w", encoding="utf-8") as file:
            write_geojson(places, file, _about(happened, places, said))
    except (FileUnreadableError, ColumnsUnclearError, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for words in said:
        console.print(words)
    console.print(f"Written: {out}.")


def _areas(events: Events, given_up: frozenset[str] | None) -> list[str]:
    if one_of(events.columns, "area") is None:
        return []
    return editions_of(events.table, given_up).words


def _words(places: Places) -> list[str]:
    grid, found = places.grid, places.found
    said = [
        f"{int(grid.counts.sum()):,} events in {len(grid):,} hexagons of resolution {grid.resolution}"
        + (f" (sides of about {SIDE_METRES[grid.resolution]:,} m)." if grid.resolution in SIDE_METRES else "."),
        f"{int(found.stands_out.sum()):,} hold, with their neighbours, more than expected, unlikely by chance: "
        f"of those named, at most {found.rate:.0%} are expected to be false ({found.permutations:,} permutations, "
        f"seed {places.seed}).",
    ]
    if found.too_few_permutations:
        said.append(
            f"With so few permutations one hexagon alone cannot be found, however high. Enough are "
            f"{enough_permutations(len(grid), found.rate):,} (--permutations)."
        )
    if len(grid) < FEWEST_HEXAGONS:
        said.append(f"Fewer than {FEWEST_HEXAGONS} hexagons: too few to tell pattern from chance. Try --resolution.")
    if places.halves:
        kinds = {word: places.change.count(word) for word in dict.fromkeys(places.change) if word}
        listed = ", ".join(f"{count:,} {word}" for word, count in sorted(kinds.items())) or "none"
        said.append(f"{places.halves[1]} beside {places.halves[0]}: {listed}.")
    return said


def _about(events: Events, places: Places, said: list[str]) -> dict[str, Any]:
    return {
        "words": said,
        "rows": events.rows,
        "used": len(events.table),
        "not_used": dict(events.reasons),
        "columns": {column.role: column.name for column in events.columns if column.why},
        "resolution": places.grid.resolution,
        "permutations": places.found.permutations,
        "rate": places.found.rate,
        "seed": places.seed,
        "compared": list(places.halves or ()),
    }
