"""`kith bench`: speed and quality, always beside a reference measured in the same run."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import click

Figures = dict[str, Any]
SIZES = {"tiny": 2_000, "50k": 50_000, "200k": 200_000, "1m": 1_000_000}
PAGE = Path("docs/benchmarks.md")


@click.group()
def bench() -> None:
    """Measure speed and quality, with the table."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    as_json = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
    write = click.option("--write", is_flag=True, help=f"Keep the table in {PAGE}.")
    return as_json(write(command))


@bench.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="200k")
@click.option("--new", type=int, default=0, help="So many new records against the whole, instead of linking the whole.")
@click.option("--spark", is_flag=True, help="On local Spark, beside stock Splink on the same.")
@_options
def link(size: str, new: int, spark: bool, as_json: bool, write: bool) -> None:
    """One person from many records, beside stock Splink in the same run."""
    from kith.linkage.benches.link import run

    figures = run(size=SIZES[size], new=new, spark=spark)
    title = f"link {size}" + (f" --new {new}" if new else "") + (" --spark" if spark else "")
    _show(title, figures, as_json, write)


@bench.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="1m")
@_options
def search(size: str, as_json: bool, write: bool) -> None:
    """Finding a person, beside two forms of trigram search in the same run."""
    from kith.foundations.starting import start_django

    start_django()
    from kith.subjects.benches.search import run

    _show(f"search {size}", run(size=SIZES[size]), as_json, write)


@bench.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="1m")
@_options
def hotspots(size: str, as_json: bool, write: bool) -> None:
    """Events to hexagons that stand out, from a cold process, beside esda in the same run."""
    from kith.insight.benches.hotspots import run

    _show(f"hotspots {size}", run(events=SIZES[size]), as_json, write)


@bench.command()
@click.option("--size", type=click.Choice(list(SIZES)), default="1m")
@_options
def network(size: str, as_json: bool, write: bool) -> None:
    """Load and communities beside igraph and NetworKit in the same run; two steps with evidence under row security."""
    from kith.foundations.starting import start_django

    start_django()
    from kith.insight.benches.network import run

    _show(f"network {size}", run(size=SIZES[size]), as_json, write)


@bench.command()
@click.option("--rows", type=int, default=5_000_000)
@_options
def cut(rows: int, as_json: bool, write: bool) -> None:
    """Rows out of PostgreSQL into an ordered, hashed Parquet file, beside ADBC's own in the same run."""
    from kith.foundations.starting import start_django

    start_django()
    from kith.insight.benches.cut import run

    _show("cut", run(rows=rows), as_json, write)


@bench.command()
@_options
def measures(as_json: bool, write: bool) -> None:
    """Every measure of a county-size cut, beside grouping sets in SQL in the same run."""
    from kith.insight.benches.measures import run

    _show("measures", run(), as_json, write)


@bench.command()
@click.option("--size", type=click.Choice(["tiny", "town"]), default="town")
@_options
def demo(size: str, as_json: bool, write: bool) -> None:
    """From the command to the demonstration's first page, stage by stage; then until its figures stand."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as home:
        environment = {**os.environ, "KITH_HOME": home, "KITH_DEMO": "1"}
        port = _free_port()
        words = [sys.executable, "-m", "kith.config.cli", "demo", "serve", "--size", size, "--port", str(port)]
        started = time.perf_counter()
        serving = subprocess.Popen([*words, "--json"], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            said = serving.stdout.readline() if serving.stdout else ""
            first_page = _until(lambda: _answers(f"http://127.0.0.1:{port}/demo/sign-in"), serving) - started
            figures = _until(lambda: any(Path(home).glob("demo/*/figured")), serving) - started
        finally:
            serving.terminate()
            serving.wait()
            subprocess.run([sys.executable, "-m", "kith.config.cli", "demo", "stop"], env=environment, check=False)
    rows = [{"stage": stage, "seconds": round(seconds, 1)} for stage, seconds in json.loads(said).items()]
    rows.append({"stage": "In all, from the command to the first page", "seconds": round(first_page, 1)})
    rows.append({"stage": "Behind it: until its figures and reports stand", "seconds": round(figures, 1)})
    _show(f"demo {size}", {"rows": rows}, as_json, write)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            return int(answer.status) == HTTPStatus.OK
    except OSError:
        return False


def _until(holds: Callable[[], bool], serving: subprocess.Popen[str]) -> float:
    """The moment from which it holds. Raises ClickException where the server ends before."""
    while not holds():
        if serving.poll() is not None:
            raise click.ClickException("The demonstration ended; what it said stands above.")
        time.sleep(0.1)
    return time.perf_counter()


def _show(title: str, figures: Figures, as_json: bool, write: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, default=str))
    else:
        click.echo(_table(figures["rows"]))
        for note in figures.get("notes", []):
            click.echo(note)
    if write:
        _keep(title, figures)


def _table(rows: list[Figures]) -> str:
    """Rows as a Markdown table, in the order of the first row's keys."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(str(row.get(column, "")) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def _keep(title: str, figures: Figures) -> None:
    """Put the table in the page under its own heading, replacing what stood there."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    when = f"{datetime.now(UTC):%-d %B %Y}, commit {commit.stdout.strip() or 'unknown'}"
    section = [f"## kith bench {title}", "", f"{when}; {where}.", "", _table(figures["rows"]), ""]
    section += [f"- {note}" for note in figures.get("notes", [])] + ([""] if figures.get("notes") else [])
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n\n"
    before, found, after = text.partition(f"## kith bench {title}\n")
    rest = after[after.find("\n## ") + 1 :] if found and "\n## " in after else ""
    PAGE.write_text(before.rstrip() + "\n\n" + "\n".join(section) + ("\n" + rest if rest else ""), encoding="utf-8")
