"""The commands `kith load`, `kith feeds` and `kith relink`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kith.foundations.starting import start_django

if TYPE_CHECKING:
    from kith.linkage.loading.account import Account

OUTCOMES = {"loaded": "", "nothing new": "already loaded", "failed": "could not be read", "unknown": "no definition"}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--feed", default="", help="Load as this feed, whatever the files' names.")
@click.option("--notes/--no-notes", default=True, help="Say what was noticed in each file.")
@click.option("--brief", is_flag=True, help="Say only what it all came to, and what could not be read.")
def load(paths: tuple[Path, ...], feed: str, notes: bool, brief: bool) -> None:
    """Load agencies' files, or every file of folders. Without a path, finish what a killed load left."""
    start_django()
    from django.db import OperationalError
    from django.utils import timezone

    from kith.linkage.loading.catalogue import catalogue
    from kith.linkage.loading.loader import load_paths

    console = _console()
    known = catalogue()
    for problem in known.problems:
        console.print(f"[yellow]Definition not used:[/] {problem}", highlight=False)
    try:
        with _watched(console) as told:
            account = load_paths(paths, catalogue=known, now=timezone.now(), progress=told, feed=feed)
    except OperationalError as error:
        console.print(f"The database went away ({str(error).strip().splitlines()[0]}). Nothing is lost: run the same "
                      "command again and it goes on where it stopped.", style="red", highlight=False)  # fmt: skip
        sys.exit(1)
    if not brief:
        _print_table(console, account)
    _print_words(console, account, notes=notes and not brief, brief=brief)
    _print_sum(console, account)
    if account.failed:
        sys.exit(1)


def _console() -> Console:
    """The terminal's own width; a file or pipe gets room enough for the table."""
    console = Console()
    return console if console.is_terminal else Console(width=160)


@contextmanager
def _watched(console: Console) -> Iterator[Any]:
    """A line that says what is being done and how far it is."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("Starting", total=None, rows="")

        def told(stage: str, what: str, done: int, of: int) -> None:
            rows = f"{done:,} of {of:,} rows" if of else ""
            bar.update(
                task, description=f"{stage.capitalize()}: {what}"[:70], completed=done, total=of or None, rows=rows
            )

        yield told


def _print_table(console: Console, account: Account) -> None:
    table = Table(title=None, box=None, pad_edge=False, header_style="bold")
    table.add_column("File", overflow="fold")
    table.add_column("Feed", overflow="fold")
    for name in ("Rows", "Loaded", "Unchanged", "Rejected", "Set aside", "Ended", "Seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for line in account.lines:
        counts = (line.rows, line.loaded, line.unchanged, line.rejected, line.set_aside, line.ended)
        cells = [f"{count:,}" for count in counts] if line.outcome == "loaded" else ["–"] * 6
        table.add_row(line.file, line.feed or OUTCOMES[line.outcome], *cells, f"{line.seconds:.1f}")
    console.print(table)


def _print_words(console: Console, account: Account, *, notes: bool, brief: bool) -> None:
    for line in account.lines:
        name = f"{line.file}{f' ({line.feed})' if line.feed else ''}"
        if line.words and not (brief and line.outcome == "nothing new"):
            console.print(f"{name}: {line.words}", style="red" if line.outcome == "failed" else None, highlight=False)
        for note in line.notes if notes else ():
            console.print(f"{name}: {note}", style="dim", highlight=False, markup=False)
        if line.rejects_file and not brief:
            console.print(f"{name}: rejected rows, with what to mend: {line.rejects_file}",
                          highlight=False, soft_wrap=True)  # fmt: skip


def _print_sum(console: Console, account: Account) -> None:
    read = [line for line in account.lines if line.outcome == "loaded"]
    loaded, rejected = sum(line.loaded + line.unchanged for line in read), sum(line.rejected for line in read)
    if account.linking:
        console.print(account.linking, highlight=False)
    kept = f" {rejected:,} more were rejected; each is kept with its reason, at /feeds/." if rejected else ""
    console.print(f"{loaded:,} rows of {len(read):,} deliveries in {account.seconds:.1f} seconds.{kept}",
                  highlight=False)  # fmt: skip


@click.group()
def feeds() -> None:
    """List and check feed definitions."""


@feeds.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False))
def check(folders: tuple[Path, ...]) -> None:
    """Check every definition in FOLDERS, or in all folders in use; exits 1 if any has a problem."""
    start_django()
    from django.conf import settings

    from kith.chronology.kinds import all_kinds
    from kith.linkage.feeds.catalogue import STANDARD, read_catalogue

    settings.FEEDS += [folder for folder in folders if folder not in settings.FEEDS]
    found = read_catalogue([STANDARD, *settings.FEEDS], kinds=all_kinds())
    for problem in found.problems:
        click.echo(problem, err=True)
    click.echo(
        f"{len(found.feeds)} feeds of {len({feed.agency for feed in found.feeds.values()})} agencies are defined."
    )
    sys.exit(1 if found.problems else 0)


@feeds.command("list")
def list_feeds() -> None:
    """Every feed: agency, rhythm, last delivery."""
    start_django()
    from django.utils import timezone

    from kith.linkage.queries.feeds import feed_freshness

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Feed", "Title", "Agency", "State"):
        table.add_column(name, overflow="fold")
    for one in feed_freshness(timezone.now()):
        table.add_row(one.feed, one.title, one.agency, one.sentence)
    _console().print(table)


@click.command()
def relink() -> None:
    """Link again everything that has been delivered, obeying every judgement."""
    start_django()
    from django.utils import timezone

    from kith.foundations.access.actions import system_viewer
    from kith.linkage.settling.run import after_loading, settle

    console, now = _console(), timezone.now()
    linker = system_viewer("linker")
    with console.status("Linking") as status:
        report = settle(by=linker, now=now, whole=True, progress=lambda words: status.update(words.capitalize()))
        after_loading(delivery_ids=None, by=linker, now=now)
    console.print(f"{report.records:,} numbers are {report.people:,} people; {report.moved:,} moved, "
                  f"{report.unsure:,} pairs of people may be one and await a decision.", highlight=False)  # fmt: skip
