"""The embedded server: made once, shared by processes, whole again after a hard kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kith.foundations.database import EmbeddedServer

ASK = (
    "import sys; from pathlib import Path; from kith.foundations.database import EmbeddedServer as Server;"
    "print(Server(Path(sys.argv[1])).ensure())"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path_factory.mktemp("embedded"))
    yield server
    server.stop()


def process_id(server: EmbeddedServer) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def test_several_processes_may_ask_at_once(server: EmbeddedServer) -> None:
    asking = [
        subprocess.Popen([sys.executable, "-c", ASK, str(server.folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=60)[0].strip() for process in asking}
    assert answers == {server.url()}


def test_what_was_committed_outlives_a_hard_kill(server: EmbeddedServer) -> None:
    url = server.ensure()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table kept as select generate_series(1, 1000) as number")
    os.kill(process_id(server), signal.SIGKILL)
    with psycopg.connect(server.ensure()) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


def test_it_does_not_listen_on_the_network(server: EmbeddedServer) -> None:
    with psycopg.connect(server.ensure()) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)


def test_a_long_folder_still_has_a_short_socket(tmp_path: Path) -> None:
    deep = EmbeddedServer(tmp_path / ("a" * 90) / ("b" * 90))
    assert len(str(deep.socket / ".s.PGSQL.5432")) < 107


def test_stopping_what_does_not_run_does_nothing(tmp_path: Path) -> None:
    EmbeddedServer(tmp_path).stop()
