"""kill -9 of the loader and of the database at random moments: nothing is lost, nothing doubled, nothing half there.

KITH_CHAOS says how many times (3 without it; 20 is what acceptance asks).
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from kith.foundations.database import EmbeddedServer
from kith.linkage.feeds.tests.making import HEADER, MISSING
from kith.linkage.loading.tests.apart import environment

KILLS = int(os.environ.get("KITH_CHAOS", "3"))
LOADER = """
import sys
from kith.foundations.starting import start_django
start_django()
from pathlib import Path
from django.utils import timezone
from kith.linkage.loading import phases
from kith.linkage.loading.catalogue import catalogue
from kith.linkage.loading.loader import load_paths
phases.BATCH = 60
account = load_paths([Path(path) for path in sys.argv[1:]], catalogue=catalogue(), now=timezone.now())
sys.exit(1 if account.failed else 0)
"""
STANDING = {
    "deliveries": "select feed, sha256, state, rows_read, rows_loaded, rows_unchanged, rows_rejected, rows_ended"
    " from linkage_delivery",
    "rejects": "select d.feed, r.row, r.reasons::text from linkage_reject r"
    " join linkage_delivery d on d.id = r.delivery_id",
    "records": "select s.feed, r.key, s.facts::text, s.row, s.ended_at is null from linkage_sourcerecord s"
    " join subjects_reference r on r.id = s.reference_id",
    "entries": 'select e.feed, e.feed_key, e."on", e.at, e.summary, e.details::text, e.row, e.ended_at is null,'
    " n.feed_key from chronology_entry e left join chronology_entry n on n.id = e.superseded_by_id",
    "about": "select e.feed_key, e.summary, s.part, r.system, r.key, s.scope_id = r.scope_id"
    " from chronology_entrysubject s"
    " join chronology_entry e on e.id = s.entry_id join subjects_reference r on r.id = s.reference_id",
    "places": "select p.kind, r.key from subjects_place p join subjects_reference r on r.subject_id = p.subject_id",
    "links": "select feed_key, outward, text, ended_at is null from subjects_linkevidence",
    "people": "select count(*) from subjects_subject",
    "loads": "select what, count(*) from audit_auditevent where action = 'load-delivery' group by 1",
}


def rows(first: int, last: int, grade: str = "H") -> list[str]:
    """Rows about some sixty children, one in ninety broken."""
    return [
        f"MP{n};N{n % 61};Child{n % 61};Family{n % 61};{'31/02/2011' if n % 90 == 7 else '01/02/2011'};;"
        f"{n % 28 + 1:02d}/{n % 10 + 1:02d}/2026;16:10;{grade};Park {n % 9}"
        for n in range(first, last)
    ]


def make_files(folder: Path) -> list[str]:
    """Two deliveries of a feed, the second with changes, and a snapshot from which some are gone."""
    feeds = folder / "feeds"
    feeds.mkdir()
    snapshot = MISSING.replace("police-missing", "police-known").replace("mode: delta", "mode: snapshot")
    snapshot = (
        snapshot.replace("*missing*", "*known*") + "links: [{kind: seen-at, from: child, to: there, summary: Seen}]\n"
    )
    (feeds / "missing.yaml").write_text(MISSING)
    (feeds / "known.yaml").write_text(snapshot)
    (feeds / "agencies.yaml").write_text("avonmouth-police: {name: Avonmouth Police, kind: police}\n")
    files = {
        "missing-2026-11-01.csv": rows(0, 600),
        "missing-2026-11-02.csv": rows(500, 700, "M"),
        "known-2026-11-01.csv": rows(0, 300),
        "known-2026-11-02.csv": rows(60, 320),
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join([HEADER, *lines]) + "\n")
    return [str(folder / name) for name in files]


def load(files: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", LOADER, *files], env=env, text=True, start_new_session=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip


def standing(url: str) -> dict[str, list[str]]:
    """Everything that a load writes, without the numbers that rows happen to have."""
    with psycopg.connect(url) as connection:
        return {
            name: sorted(json.dumps(row, default=str) for row in connection.execute(query).fetchall())
            for name, query in STANDING.items()
        }


def kill_the_database(server: EmbeddedServer) -> None:
    pid = int((server.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)


def test_killed_at_random_moments_it_ends_as_if_it_never_was(tmp_path: Path, server: EmbeddedServer) -> None:
    files = make_files(tmp_path)
    started = time.monotonic()
    calm = load(files, environment(tmp_path / "calm", tmp_path, server.url("calm")))
    output, _ = calm.communicate(timeout=300)
    assert calm.returncode == 0, output
    lasts, expected = time.monotonic() - started, standing(server.url("calm"))
    assert len(expected["entries"]) > 1000

    chance = random.Random(KILLS)  # noqa: S311  (moments, not secrets)
    env = environment(tmp_path / "home", tmp_path, server.url())
    for kill in range(KILLS):
        running = load(files, env)
        time.sleep(lasts * chance.uniform(0.15, 0.95))
        if kill % 3 == 2:
            kill_the_database(server)
            running.communicate(timeout=120)
        else:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
        server.ensure()
    last = load(files, env)
    output, _ = last.communicate(timeout=300)
    assert last.returncode == 0, output
    found = standing(server.url())
    for name, rows_expected in expected.items():
        assert found[name] == rows_expected, name
