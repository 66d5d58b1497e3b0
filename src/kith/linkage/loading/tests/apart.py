"""Loading in a process of its own, which may be killed, over databases of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kith.foundations.database import EmbeddedServer
from tests.support.homes import copy_of_a_home

ROOT = Path(__file__).resolve().parents[5]
PLANT = """
from kith.foundations.starting import start_django
start_django()
from tests.support.cast import make_cast
make_cast()
"""


def environment(home: Path, folder: Path, url: str) -> dict[str, str]:
    """What a loader needs: a home, the folder that holds `feeds`, and its database."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    ours = {"KITH_HOME": str(home), "KITH_FEEDS": str(folder / "feeds"), "KITH_TESTING": "1", "DATABASE_URL": url}
    return known | ours | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server of these tests' own, with the cast and no records in `kith` and in databases that are its copies."""
    folder = tmp_path_factory.mktemp("apart") / "home"
    made = copy_of_a_home(folder, tmp_path_factory).database
    made.ensure()
    env = environment(folder, folder, made.url())
    subprocess.run([sys.executable, "-c", PLANT], env=env, check=True, capture_output=True)
    with psycopg.connect(made.url("postgres"), autocommit=True) as connection:
        for name in ("calm", "quiet", "early", "late"):
            connection.execute(f"create database {name} template kith")
    yield made
    made.stop()
