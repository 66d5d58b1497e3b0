"""The command `kith export`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.exchange.rules.years import CollectionYear, collection_year
from kith.foundations.starting import start_django

if TYPE_CHECKING:
    from kith.exchange.actions import Exported

SYSTEM = "council/csc"


class Year(click.ParamType[CollectionYear]):
    """Such as 2026 or 2025-26."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> CollectionYear:
        try:
            return value if isinstance(value, CollectionYear) else collection_year(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def leaving(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every export is asked."""
    folder = click.Path(file_okay=False, path_type=Path)
    for option in (
        click.option("--out", type=folder, required=True, help="The folder to write into."),
        click.option("--purpose", required=True, help="What it is for; it stands in the record of who looked."),
        click.option("--system", default=SYSTEM, show_default=True, help="Whose numbers name the children."),
    ):
        command = option(command)
    return command


@click.group()
def export() -> None:
    """Write what a national return or an inspection asks for."""


@export.command()
@click.option("--year", type=Year(), required=True, help="The year in which it ends, or like 2025-26.")
@leaving
def ssda903(year: CollectionYear, **given: Any) -> None:
    """Header and missing of the return on children looked after."""
    _done(lambda actions, told: actions.export_ssda903(year=year, **told), given, str(year))


@export.command("annex-a")
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the list.")
@leaving
def annex_a(as_at: datetime, **given: Any) -> None:
    """List 8 of Annex A: children in care, with their missing episodes."""
    _done(lambda actions, told: actions.export_annex_a(as_at=as_at.date(), **told), given, f"as at {as_at:%Y-%m-%d}")


@export.command("ssd-missing")
@leaving
def ssd_missing(**given: Any) -> None:
    """The missing table of the Standard Safeguarding Dataset."""
    _done(lambda actions, told: actions.export_ssd_missing(**told), given, "")


def _done(act: Callable[[Any, dict[str, Any]], Exported], given: dict[str, Any], of: str) -> None:
    """Does it as the named job, and says what was written and what was not."""
    start_django()
    from django.utils import timezone

    from kith.exchange import actions
    from kith.exchange.writing import CannotWrite
    from kith.foundations.access.actions import system_viewer

    try:
        done = act(actions, {**given, "by": system_viewer(actions.JOB), "now": timezone.now()})
    except (actions.NoPurpose, CannotWrite) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    for name, rows in done.rows.items():
        click.echo(f"{given['out'] / name}: {rows} row{'' if rows == 1 else 's'}{f' ({of})' if of else ''}")
    if done.remarks:
        where = given["out"] / done.remarks_file
        click.echo(f"{done.left_out} left out and {done.remarks - done.left_out} to look at, with reasons: {where}")
