"""`kith demo`: the synthetic partnership from the command line."""

import time
from datetime import date, datetime
from pathlib import Path

import click

from kith.demo.generate import generate as generate_partnership
from kith.demo.size import SIZES

DATE = click.DateTime(["%Y-%m-%d"])


@click.group()
def demo() -> None:
    """The synthetic partnership "Severnmouth": invented people only."""


@demo.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="town", show_default=True)
@click.option("--seed", type=int, default=7, show_default=True)
@click.option("--today", type=DATE, default="2026-11-20", show_default=True, help="The day on which the story stands.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for feeds and truth."
)
@click.option("--quiet", is_flag=True, help="Say only the last line.")
def generate(size: str, seed: int, today: datetime, out: Path, quiet: bool) -> None:
    """Write every agency's files and the sealed truth."""
    begun = time.perf_counter()
    sent = generate_partnership(
        size=size, seed=seed, today=_day(today), out=out, told=(lambda _: None) if quiet else click.echo
    )
    rows = sum(len(delivery.frame) for delivery in sent)
    feeds = len({delivery.feed.name for delivery in sent})
    click.echo(f"{feeds} feeds, {len(sent)} files, {rows:,} rows in {out} ({time.perf_counter() - begun:.1f} s)")


def _day(moment: datetime) -> date:
    return moment.date()


if __name__ == "__main__":
    demo()
