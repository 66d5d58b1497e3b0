"""What every table of the standard dataset shares: its file, the children's numbers, their workers."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Ints
from kith.demo.dress import day_array
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.staff import Worker, allocations
from kith.demo.world import World

AGENCY, SYSTEM = cast.COUNCIL, "council/csc"


def table(
    name: str,
    frame: pl.DataFrame,
    about: Ints,
    happened: np.ndarray | None = None,
    faults: tuple[Fault, ...] = (),
    mode: str = "delta",
    late: tuple[str, ...] = (),
    before: pl.DataFrame | None = None,
) -> Feed:
    """One table: CSV with a byte-order mark, ISO dates, sent every night (here: a first load and a later one)."""
    return Feed(
        f"ssd-{name.replace('_', '-')}",
        AGENCY,
        f"ssd_{name}_",
        frame,
        about,
        Shape(bom=True, line_end="\r\n"),
        happened,
        mode if happened is not None else "snapshot",
        (40, 1),
        late,
        faults,
        before=before,
    )


def keys(world: World, who: Ints) -> pl.Series:
    return pl.Series(world.note(SYSTEM, who).tolist(), dtype=pl.String)


def team_of(world: World, who: Ints) -> tuple[list[str], list[str]]:
    """Team and worker number for each child."""
    found = allocations(world)
    chosen: list[Worker] = [found[pid] for pid in who.tolist()]
    return [worker.team for worker in chosen], [worker.email for worker in chosen]


def spread(
    world: World, events: pl.DataFrame, since: str, until: str, every: int, name: str, *, loose: int = 0
) -> tuple[Ints, np.ndarray]:
    """Row numbers and days of something done about every `every` days between two dates of each row.

    `loose`: within how many days of its turn it is done; any day until the next turn where not said.
    """
    rng = world.rng("spread", name)
    start = np.maximum(day_array(events[since]), np.datetime64(world.start, "D"))
    end = day_array(events[until].fill_null(world.today))
    times = np.maximum((end - start).astype(int) // every, 0)
    row = np.repeat(np.arange(len(events)), times)
    place = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    day = start[row] + place * every + rng.integers(1, loose or every, len(row))
    keep = day < np.datetime64(world.today, "D")
    return row[keep], day[keep]
