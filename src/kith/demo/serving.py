"""From installed packages to the demonstration's first page: make the area, load it, say who can sign in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from kith.demo import cast
from kith.demo.generate import generate
from kith.demo.staffing import make_staff
from kith.linkage.commands import load

FEEDS = Path(__file__).parent / "feeds"


class Stages(dict[str, float]):
    """Seconds by stage, told as they pass."""

    @contextmanager
    def stage(self, name: str, *, quiet: bool) -> Iterator[None]:
        if not quiet:
            click.echo(f"{name} …", nl=False)
        started = time.perf_counter()
        yield
        self[name] = time.perf_counter() - started
        if not quiet:
            click.echo(f" {self[name]:.1f} s")


def prepare(*, size: str, seed: int, today: date, quiet: bool = False) -> Stages:
    """Everything up to the first page. A stage that is already done is not done again; a killed one goes on."""
    stages, out = Stages(), settings.HOME / "demo" / f"{size}-{seed}-{today.isoformat()}"
    with stages.stage("Making the database ready", quiet=quiet):
        call_command("migrate", verbosity=0)
    with stages.stage(f"Making the area of Severnmouth ({size})", quiet=quiet):
        _generate_once(size=size, seed=seed, today=today, out=out)
    with stages.stage("Adding the people who sign in", quiet=quiet):
        make_staff(feeds=FEEDS)
    with stages.stage("Loading and linking every agency's files", quiet=quiet):
        _load_once(out, quiet=quiet)
    with stages.stage("Gathering styles and scripts", quiet=quiet):
        call_command("collectstatic", interactive=False, verbosity=0)
    with stages.stage("Opening the first page", quiet=quiet):
        Client(SERVER_NAME="localhost").get("/demo/sign-in")
    return stages


def _generate_once(*, size: str, seed: int, today: date, out: Path) -> None:
    finished = out / "finished"
    if not finished.exists():
        generate(size=size, seed=seed, today=today, out=out)
        finished.touch()


def _load_once(out: Path, *, quiet: bool) -> None:
    loaded = out / "loaded"
    if not loaded.exists():
        load.main([*(["--quiet"] if quiet else []), str(out / "feeds")], standalone_mode=False)
        loaded.touch()


def sign_ins(address: str) -> str:
    """Who can sign in and what each is for, as printed at the end of `make demo`."""
    lines = [f"Severnmouth is served at {address}", "", "Sign in as (no password in the demonstration):", ""]
    lines += [f"  {staff.name:<14} {staff.role}, {staff.team}: {ABOUT[staff.key]}" for staff in cast.STAFF]
    return "\n".join(lines)


ABOUT = {
    cast.ASHA.key: "Amara Osei's social worker; find her and read her record",
    cast.BEN.key: "same team, other children",
    cast.CAROL.key: "safeguarding lead at Amara's school, inside her circle",
    cast.DEV.key: "another authority; cannot learn that she exists",
    cast.ELLIS.key: "sees who looked, reads no record",
    cast.FARAH.key: "manages the front door; reviews broken glass",
    cast.GWEN.key: "decides unsure matches; looks after the feeds",
}
