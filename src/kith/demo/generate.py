"""Make the synthetic partnership: lives first, then each agency's files, then the sealed truth.

`nation` on paper: twelve million children are 500 towns. Make it one town at a time (`seed` 1 to 500, each in its own
folder): no town needs another, so never more than one town is held. In a town, each feed's table is written and let go
before the next is made, so memory is the people and the true events (about 1 GB for a county) plus the largest feed.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from kith.demo.agencies import FEEDS
from kith.demo.feed import Delivery, Feed, deliveries
from kith.demo.lives import LIVES
from kith.demo.size import SIZES
from kith.demo.truth import write_truth
from kith.demo.world import World, make_world
from kith.demo.writers import write

Told = Callable[[str], None]


def generate(*, size: str, seed: int, today: date, out: Path, told: Told = lambda _: None) -> list[Delivery]:
    """Write `out/feeds/<agency>/…` and `out/truth/…`. Returns what was sent, without the rows."""
    if size == "nation":
        return [
            d for town in range(1, 501) for d in _town("town", seed * 1000 + town, today, out / f"town{town:03d}", told)
        ]
    return _town(size, seed, today, out, told)


def _town(size: str, seed: int, today: date, out: Path, told: Told) -> list[Delivery]:
    told(f"Making {SIZES[size].children:,} children and their families")
    world = make_world(SIZES[size], seed, today)
    for live in LIVES:
        live(world)
    sent = [delivery for feed in all_feeds(world) for delivery in _send(feed, world, out, told)]
    told("Sealing the truth")
    write_truth(world, out / "truth", sent)
    return sent


def all_feeds(world: World) -> Iterator[Feed]:
    """Every feed of every agency, one agency at a time."""
    for agency in FEEDS:
        yield from agency(world)


def _send(feed: Feed, world: World, out: Path, told: Told) -> list[Delivery]:
    sent = deliveries(feed, today=world.today, seed=world.seed)
    for delivery in sent:
        path = out / "feeds" / feed.agency / delivery.file
        write(delivery.frame, feed.shape, path)
        stamp = datetime.combine(delivery.delivered, time(5, 30), UTC).timestamp()
        os.utime(path, (stamp, stamp))  # a file's own date is when it came
    told(f"{feed.name}: {sum(len(d.frame) for d in sent):,} rows in {len(sent)} files")
    return sent
