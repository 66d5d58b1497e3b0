"""`kith demo`: make, load and serve the synthetic partnership."""

from __future__ import annotations

import json
import os
import shutil
import signal
from datetime import datetime
from pathlib import Path

import click

from kith.config.with_parent import end_with_parent
from kith.demo.commands import DATE, demo
from kith.foundations.starting import start_django

FEEDS = Path(__file__).parents[2] / "demo" / "feeds"


def _as_the_demonstration() -> None:
    """The demonstration's own settings: its feeds, its people, and sign-in without a password."""
    os.environ["KITH_DEMO"] = "1"
    os.environ.setdefault("KITH_FEEDS", str(FEEDS))
    start_django()


@demo.command()
@click.option("--size", type=click.Choice(["tiny", "town", "county"]), default="town", show_default=True)
@click.option("--seed", type=int, default=7, show_default=True)
@click.option("--today", type=DATE, default=None, help="The day the story stands at (default: when it is first made).")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--only-prepare", is_flag=True, help="Make and load everything, then stop.")
@click.option("--json", "as_json", is_flag=True, help="Say only how long each stage took.")
def serve(
    size: str, seed: int, today: datetime | None, host: str, port: int, only_prepare: bool, as_json: bool
) -> None:
    """Make Severnmouth, load it, and serve it with a printed cast to sign in as.

    Figures are made while it is served, and their pages say how far they are; with --only-prepare, before it stops.
    """
    _as_the_demonstration()
    from kith.demo.serving import AnotherStory, figures_beside, prepare, sign_ins

    day = today.date() if today else None
    try:
        stages = prepare(size=size, seed=seed, today=day, quiet=as_json, with_figures=only_prepare)
    except AnotherStory as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        click.echo(json.dumps(stages))
    if only_prepare:
        return
    from kith.config.commands.serve import serve_site

    click.echo("\n" + sign_ins(f"http://{host}:{port}/") + "\n")
    serve_site(host=host, port=port, beside=figures_beside())


@demo.command()
def figures() -> None:
    """Make the demonstration's first cut, with reports and a kept network made of it; nothing where they are."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C stops the server, which ends this
    _as_the_demonstration()
    from kith.demo.serving import make_figures

    end_with_parent()
    make_figures()


@demo.command()
def stop() -> None:
    """Stop the demonstration's database."""
    _as_the_demonstration()
    from django.conf import settings

    from kith.foundations.database import EmbeddedServer

    EmbeddedServer(settings.HOME / "postgres").stop()


@demo.command()
@click.confirmation_option(prompt="Erase the demonstration, with all that was written in it?")
def clear() -> None:
    """Erase the demonstration: its database, its files, and everything that was written in it."""
    _as_the_demonstration()
    from django.conf import settings

    from kith.foundations.database import EmbeddedServer

    if not (settings.HOME / "demo").is_dir():
        raise click.ClickException(f"There is no demonstration in {settings.HOME}.")
    EmbeddedServer(settings.HOME / "postgres").stop()
    for name in ("postgres", "deliveries", "linkage", "static", "demo", "cuts", "area"):
        shutil.rmtree(settings.HOME / name, ignore_errors=True)
    click.echo("The demonstration is erased.")


__all__ = ["demo"]
