"""The commands `kith export` and `kith api-key`."""

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
    from kith.exchange.actions.exports import Exported

SYSTEM = "council/csc"
JOB = "commands"  # in whose name whoever runs Kith gives and ends keys


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

    from kith.exchange.actions import exports as actions
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


@click.group("api-key")
def api_key() -> None:
    """Give another agency's system a key to report missing children with, list keys, end one."""
    start_django()


@api_key.command()
@click.argument("agency")
@click.option("--name", required=True, help="The system that is to hold it.")
@click.option("--per-minute", type=click.IntRange(1, 6000), default=60, show_default=True, help="Calls in a minute.")
def add(agency: str, name: str, per_minute: int) -> None:
    """Give AGENCY (its key or its name) a key for one of its systems. The secret is shown this once."""
    from django.utils import timezone

    from kith.exchange.actions.keys import make_key
    from kith.exchange.queries.keys import agency_called
    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.permissions import NotAllowed

    found = agency_called(agency)
    if found is None:
        raise click.ClickException(f"There is no agency {agency} here.")
    try:
        shown = make_key(agency=found, name=name, per_minute=per_minute, by=system_viewer(JOB), now=timezone.now())
    except NotAllowed as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{found.name}, {name}: the key is shown this once. Send it by a safe way.", err=True)
    click.echo(shown.text)


@api_key.command("list")
def list_keys() -> None:
    """Every key, without its secret: whose it is, when it was last used, when it was ended."""
    from kith.exchange.actions.keys import JOB as LOOKER
    from kith.exchange.queries.keys import all_keys
    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.viewing import viewing_as

    with viewing_as(system_viewer(LOOKER)):
        keys = all_keys()
    if not keys:
        click.echo("No agency’s system has a key yet.")
    for key in keys:
        state = f"ended {_day(key.ended_at)}" if key.ended_at else f"last used {_day(key.last_used_at)}"
        made = f"made {_day(key.made_at)}"
        click.echo(f"{key.handle}  {key.agency.name}: {key.name}; {made}, {state}; {key.per_minute} a minute")


@api_key.command()
@click.argument("handle")
def end(handle: str) -> None:
    """End the key HANDLE: the eight letters in its middle, as `list` shows them."""
    from django.utils import timezone

    from kith.exchange.actions.keys import end_key
    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.permissions import NotAllowed

    try:
        key = end_key(handle=handle, by=system_viewer(JOB), now=timezone.now())
    except NotAllowed as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{key.agency.name}’s key {key.handle} was ended. It opens nothing any more.")


def _day(at: datetime | None) -> str:
    return f"{at:%-d %B %Y}" if at else "never"
