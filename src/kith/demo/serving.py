"""From installed packages to the demonstration's first page: make the area, load it, say who can sign in."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from datetime import date
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from kith.demo import cast
from kith.demo.case_audits import write_case_audits
from kith.demo.contexts import write_weighings
from kith.demo.front_door import fill_front_door
from kith.demo.front_door_checks import write_checks
from kith.demo.insight import take_first_cut
from kith.demo.insight_networks import keep_networks
from kith.demo.insight_papers import write_reports
from kith.demo.intelligence import write_intelligence
from kith.demo.missing import write_missing
from kith.demo.missing_api import write_sent_report
from kith.demo.missing_letters import write_missing_letters
from kith.demo.missing_profiles import write_profiles, write_searches
from kith.demo.moments import write_moments, write_rota
from kith.demo.outlines import put_outlines
from kith.demo.peer_groups import write_peer_groups
from kith.demo.staffing import make_staff
from kith.demo.years import write_contacts
from kith.demo.years_checks import write_old_checks
from kith.demo.years_grades import write_old_grades
from kith.demo.years_moments import write_old_moments
from kith.insight.engine.star import EXTRACTS
from kith.insight.queries.under_way import how_far, is_any_made, saying_how_far
from kith.linkage.commands import load

FEEDS = Path(__file__).parent / "feeds"
GIVING_WAY = 10  # how far what can wait stands behind what is waited for
SAID_WITHIN = 5.0  # seconds for the database to take it
LOOKS_EVERY = 0.5  # seconds


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


class AnotherStory(Exception):
    """This home holds another demonstration already; loading a second on top would tell two lives of each child."""


def prepare(*, size: str, seed: int, today: date | None, quiet: bool = False, with_figures: bool = True) -> Stages:
    """Everything up to the first page. A stage that is already done is not done again; a killed one goes on.

    `today` None: the day of the story that is here, else today. Without figures, what is made of a cut is left to
    `figures_beside`. Raises AnotherStory where a different story is here.
    """
    stages, out = Stages(), story(size=size, seed=seed, today=today)
    with stages.stage("Making the database ready", quiet=quiet), _generating(out) as area:
        call_command("migrate", verbosity=0)
        make_staff(feeds=FEEDS)
        write_rota(now=timezone.now())
    with stages.stage(f"Making the area of Severnmouth ({size})", quiet=quiet):
        _finish_generating(area, out)
        put_outlines(out / "outlines", settings.AREA, now=timezone.now())
    with _gathering_styles():
        with stages.stage("Loading and linking every agency's files", quiet=quiet):
            _load_once(out, quiet=quiet)
        _tell(stages, out, quiet=quiet)
    if with_figures:
        with stages.stage("Taking a cut, counting every measure, writing reports from it", quiet=quiet):
            make_figures()
    with stages.stage("Opening the first page", quiet=quiet):
        Client(SERVER_NAME="localhost").get("/demo/sign-in")
    return stages


def _tell(stages: Stages, out: Path, *, quiet: bool) -> None:
    """What the cast and others wrote since the files came, by the ordinary actions."""
    with stages.stage("Writing what Asha knows of three groups of friends", quiet=quiet):
        write_peer_groups(today=day_of(out), now=timezone.now())
    with stages.stage("Writing a year of intelligence", quiet=quiet):
        write_intelligence(today=day_of(out), now=timezone.now())
    with stages.stage("Filling the front door", quiet=quiet):
        fill_front_door(today=day_of(out), now=timezone.now())
        write_checks(timezone.now())
        write_moments(today=day_of(out), now=timezone.now())
    with stages.stage("Telling who is missing and who is just back", quiet=quiet):
        write_profiles(now=timezone.now())
        write_missing(now=timezone.now())
        write_searches(now=timezone.now())
        write_missing_letters(today=day_of(out), now=timezone.now())
        write_sent_report(today=day_of(out), now=timezone.now())
    with stages.stage("Telling two years of decisions, answers and calls back", quiet=quiet):
        for write_years in (write_contacts, write_old_checks, write_old_moments, write_old_grades):
            write_years(today=day_of(out), now=timezone.now())
    with stages.stage("Auditing six records, weighing contexts", quiet=quiet):
        write_case_audits(now=timezone.now())
        write_weighings(today=day_of(out), now=timezone.now())


@contextmanager
def _gathering_styles() -> Iterator[None]:
    """Styles and scripts are gathered and packed by a process of its own, in what time the loading leaves it.

    Raises RuntimeError where they could not be.
    """
    words = ["manage", "collectstatic", "--no-input", "--verbosity", "0"]
    gathering = _beside(*words)
    os.setpriority(os.PRIO_PROCESS, gathering.pid, GIVING_WAY)
    try:
        yield
    except BaseException:
        gathering.kill()
        gathering.wait()
        raise
    _ended_well(gathering)


def make_figures() -> None:
    """The first cut, and what the cast made of it: reports, a problem profile, a kept network. Once."""
    if not _figured().exists():
        take_first_cut(now=timezone.now())
        write_reports(now=timezone.now())
        keep_networks(now=timezone.now())
        _figured().touch()


def _figured() -> Path:
    return next(path for path in _stories() if (path / "loaded").exists()) / "figured"


@contextmanager
def figures_beside() -> Iterator[None]:
    """The figures are made by a process of its own while the site is served; pages of figures say how far it is.

    It gives way to whoever reads pages. What is broken off goes on the next time; nothing is started where all is made.
    """
    if _figured().exists():
        yield
        return
    words = [sys.executable, "-m", "kith.config.cli", "demo", "figures"]
    making = subprocess.Popen(words, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    os.setpriority(os.PRIO_PROCESS, making.pid, GIVING_WAY)
    said = threading.Event()
    threading.Thread(target=_say_that_it_is_made, args=(making, said), daemon=True).start()
    said.wait(SAID_WITHIN)
    try:
        yield
    finally:
        making.terminate()
        making.wait()


def _say_that_it_is_made(making: subprocess.Popen[bytes], said: threading.Event) -> None:
    """The first page is there before whoever makes the cut has started: until they tell how far it is, this does."""
    try:
        with saying_how_far(len(EXTRACTS)):
            said.set()
            while making.poll() is None and not is_any_made() and not ((far := how_far()) and far.read):
                time.sleep(LOOKS_EVERY)
    finally:
        connection.close()


def story(*, size: str, seed: int, today: date | None) -> Path:
    """The folder of the demonstration asked for: the one that is here, or a new one where none is."""
    begun = _stories()
    wanted = f"{size}-{seed}-" + (today.isoformat() if today else "")
    fitting = [path for path in begun if path.name.startswith(wanted)]
    if fitting:
        return fitting[-1]
    if begun:
        raise AnotherStory(
            f"{settings.HOME} already holds the demonstration {begun[-1].name}. To make another there, clear it first: "
            "kith demo clear"
        )
    return settings.HOME / "demo" / f"{size}-{seed}-{(today or timezone.localdate()).isoformat()}"


def _stories() -> list[Path]:
    return sorted(path for path in (settings.HOME / "demo").glob("*-*") if path.is_dir())


def day_of(out: Path) -> date:
    """The day on which a folder's story stands."""
    return date.fromisoformat("-".join(out.name.split("-")[-3:]))


@contextmanager
def _generating(out: Path) -> Iterator[subprocess.Popen[bytes] | None]:
    """The area is made by a process of its own, while the database is made ready."""
    if (out / "finished").exists():
        yield None
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    size, seed, day = out.name.split("-", 2)
    words = ["generate", "--size", size, "--seed", seed, "--today", day, "--out", str(out), "--quiet"]
    making = _beside("demo", *words)
    try:
        yield making
    except BaseException:
        making.kill()
        raise


def _finish_generating(making: subprocess.Popen[bytes] | None, out: Path) -> None:
    if making:
        _ended_well(making)
        (out / "finished").touch()


def _beside(*words: str) -> subprocess.Popen[bytes]:
    """`kith` with these words, in a process of its own."""
    command = [sys.executable, "-m", "kith.config.cli", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)


def _ended_well(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode(errors="replace")[-2000:])


def _load_once(out: Path, *, quiet: bool) -> None:
    loaded = out / "loaded"
    if not loaded.exists():
        with redirect_stdout(io.StringIO()) if quiet else nullcontext():
            load.main(["--brief", str(out / "feeds")], standalone_mode=False)
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
    cast.KOFI.key: "grades what partners pass on, and passes on what may be shared",
    cast.LENA.key: "approves what Kofi makes ready, as Kofi does hers",
    cast.MINA.key: "knows who gave each report; nobody else does",
    cast.NIA.key: "decides on contacts, and advises whoever rings",
    cast.OLU.key: "answers the front door's questions for the police",
    cast.PIA.key: "runs the children's home Seacroft House; keeps a profile of each child who lives there",
    cast.QUINN.key: "follows missing children; offers and holds return conversations",
    cast.RAJ.key: "searches for missing children, for the police",
    cast.ROSA.key: "answers checks for community health",
    cast.SOL.key: "answers critical moments, on call today",
    cast.TESS.key: "answers them too; swaps shifts with Sol",
    cast.UMA.key: "analyses for the partnership: figures, networks, places, reports; reads no record",
    cast.VERA.key: "holds the partnership to account: sees figures and signed reports",
}
