"""kill -9 between the last row and what follows from a load: the worker finishes it, and nobody is told twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

from kith.foundations.database import EmbeddedServer
from kith.linkage.feeds.tests.making import HEADER, MISSING
from kith.linkage.loading.tests.apart import environment
from kith.linkage.loading.tests.test_chaos import LOADER

STARTED = "from kith.foundations.starting import start_django; start_django()\n"
DIES = """
import os, signal
from kith.linkage.loading import loader
announced = loader.announce
def announce(fact):
    if {after}: announced(fact)
    os.kill(os.getpid(), signal.SIGKILL)
loader.announce = announce
"""
WORKER = STARTED + "from kith.linkage.tasks import finish_loads; print(finish_loads(0), finish_loads(0))"
FOLLOWED = {
    "deliveries": "select feed, state from linkage_delivery order by 1",
    "absences": "select gone_at, back_at, grade from missing_episode order by 1",
    "moments": "select kind, count(*) from moments_moment group by 1 order by 1",
    "clocks and words": "select kind, count(*) from chronology_entry group by 1 order by 1",
    "told": "select viewer_id, count(*), count(distinct once) from notices_notice group by 1 order by 1",
    "letters": 'select "to", count(*) from letters_letter group by 1 order by 1',
    "audit": "select action, count(*) from audit_auditevent where action like 'draw-%' or action = 'load-delivery'"
    " group by 1 order by 1",
}


def make_files(folder: Path) -> list[str]:
    """Three children who went missing yesterday."""
    feeds = folder / "feeds"
    feeds.mkdir()
    (feeds / "missing.yaml").write_text(MISSING)
    (feeds / "agencies.yaml").write_text("avonmouth-police: {name: Avonmouth Police, kind: police}\n")
    day = date.today() - timedelta(days=1)  # the loader that is killed has the machine's clock
    rows = [f"MP{n};N{n};Child{n};Family{n};01/02/2011;;{day:%d/%m/%Y};16:1{n};H;Park {n}" for n in range(3)]
    (folder / "missing-1.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    return [str(folder / "missing-1.csv")]


def run(program: str, env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program, *words], env=env, text=True, capture_output=True, check=False)


def followed(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(url) as connection:
        return {name: connection.execute(query).fetchall() for name, query in FOLLOWED.items()}


def test_what_follows_from_a_killed_load_is_finished_once(tmp_path: Path, server: EmbeddedServer) -> None:
    """Killed before what follows was begun, and when all of it was written and not yet kept."""
    files = make_files(tmp_path)
    homes = {name: environment(tmp_path / name, tmp_path, server.url(name)) for name in ("quiet", "early", "late")}
    loaded = run(LOADER, homes["quiet"], *files)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    expected = followed(server.url("quiet"))
    assert len(expected["absences"]) == 3
    assert expected["told"]
    for name, after in {"early": False, "late": True}.items():
        killed = run(STARTED + DIES.format(after=after) + LOADER, homes[name], *files)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert followed(server.url(name))["absences"] == []
        finished = run(WORKER, homes[name])
        assert finished.stdout.strip() == "1 0", finished.stderr[-2000:]
        assert followed(server.url(name)) == expected
