"""The sealed truth: who is who, what was really so. Scored against, never loaded by the product."""

from pathlib import Path

import polars as pl

from kith.demo.area import places, week_pattern
from kith.demo.feed import Delivery
from kith.demo.lives.streets import SAFER_DAYS_AGO, SAFER_PLACE, SAFER_SHARE
from kith.demo.world import World


def write_truth(world: World, folder: Path, sent: list[Delivery]) -> None:
    """People, records, links, groups, places, hours and events as Parquet; faults and deliveries as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "people": world.people,
        "record_truth": world.record_truth(),
        "links": _links(world),
        "groups": world.events["groups"],
        "group_members": world.events["members"],
        "exploited": world.events["exploited"],
        "places": places(),
        "hours": planted_hours(),
        "safer_places": _safer(world),
    }
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet", compression="zstd", statistics=False)
    for name in sorted(world.events):
        world.events[name].write_parquet(folder / f"events_{name}.parquet", compression="zstd", statistics=False)
    _faults(sent).write_csv(folder / "planted_faults.csv")
    _deliveries(sent).write_csv(folder / "deliveries.csv")


def _links(world: World) -> pl.DataFrame:
    """Friendships and exploitation with their times, and parents."""
    parents = pl.concat(
        [
            world.people.filter(pl.col(who) >= 0).select(a=pl.col(who), b="pid", kind=pl.lit("parent-of"))
            for who in ("mother", "father")
        ]
    )
    return pl.concat([world.events["links"], parents], how="diagonal")


def planted_hours() -> pl.DataFrame:
    """The planted share of happenings at each place in each hour of the week (day 0 is Monday)."""
    rows = [
        {"place": key, "day": day, "hour": hour, "share": float(week_pattern(hours)[day, hour])}
        for key, hours in places().select("key", "hours").iter_rows()
        for day in range(7)
        for hour in range(24)
    ]
    return pl.DataFrame(rows)


def _safer(world: World) -> pl.DataFrame:
    return pl.DataFrame(
        {"place": [SAFER_PLACE], "work_done_days_ago": [SAFER_DAYS_AGO], "share_prevented": [SAFER_SHARE]}
    )


def _faults(sent: list[Delivery]) -> pl.DataFrame:
    rows = [fault for delivery in sent for fault in delivery.planted]
    return pl.DataFrame(rows, schema=["feed", "row", "line", "column", "fault", "expect", "file"]).select(
        "feed", "file", "row", "line", "column", "fault", "expect"
    )


def _deliveries(sent: list[Delivery]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "feed": [d.feed.name for d in sent],
            "agency": [d.feed.agency for d in sent],
            "file": [d.file for d in sent],
            "delivered": [d.delivered.isoformat() for d in sent],
            "rows": [len(d.frame) for d in sent],
            "mode": [d.feed.mode for d in sent],
        }
    )
