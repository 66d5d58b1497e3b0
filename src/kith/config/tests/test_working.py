"""The worker over an upgrade: it sees that its code has changed, and no job is lost because it was not known."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

import kith
from kith.config import working
from kith.config.working import START_AGAIN, KnownJobs, Watch, working_beside
from kith.foundations.database.address import url_of

PATIENCE = 120  # seconds, on a busy machine
NEW_JOB = """

@app.task(name="tests.new_job")
def new_job(words: str) -> str:
    return words
"""


def test_a_change_is_acted_on_when_it_has_stood_still() -> None:
    looks, ended = iter(["old", "old", "half", "new", "", "new", "new"]), []
    watch = Watch(lambda: next(looks), every=0)
    watch.until_changed(lambda: ended.append(next(looks, "none left")))
    assert (watch.has_changed, ended) == (True, ["none left"])


def test_another_file_is_another_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules.py").write_text("one = 1")
    monkeypatch.setattr(kith, "__file__", str(tmp_path / "__init__.py"))
    before = working.code_now()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "rules.pyc").write_text("")
    assert working.code_now() == before
    (tmp_path / "tasks.py").write_text("two = 2")
    assert working.code_now() != before


def test_a_worker_that_ends_is_started_again_and_ends_with_the_site(monkeypatch: Any, tmp_path: Path) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(_: list[str]) -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]))
        return begun[-1]

    monkeypatch.setattr(working._Keeper, "_begun", staticmethod(begin))
    with working_beside(wanted=True):
        begun[0].send_signal(signal.SIGKILL)
        until(lambda: len(begun) == 2)
        assert begun[1].poll() is None
    assert begun[1].poll() is not None
    assert len(begun) == 2


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """Kith's code, of which only `config` is a copy that may be changed."""
    ours, copied = Path(kith.__file__).parent, tmp_path / "code" / "kith"
    copied.mkdir(parents=True)
    for one in ours.iterdir():
        if one.name == "config":
            shutil.copytree(one, copied / "config", ignore=shutil.ignore_patterns("__pycache__", "tests"))
        else:
            (copied / one.name).symlink_to(one)
    return copied


@pytest.fixture
def work(code: Path, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts `kith worker` of that code over this test's database."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    env |= {"KITH_HOME": str(tmp_path), "KITH_TESTING": "1", "KITH_LOOKS_EVERY": "0.5",
            "DATABASE_URL": url_of(connection.settings_dict), "PYTHONPATH": str(code.parent)}  # fmt: skip
    begun: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        begun.append(subprocess.Popen([sys.executable, "-m", "kith.config.cli", "worker"], env=env))
        return begun[-1]

    yield start
    for one in begun:
        one.kill()
        one.wait()


def make_job(name: str, status: str = "todo", **words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status)"
            " values ('default', %s, %s::jsonb, %s::procrastinate_job_status) returning id",
            [name, "{" + ", ".join(f'"{key}": "{value}"' for key, value in words.items()) + "}", status],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_over_an_upgrade_the_worker_starts_anew_and_does_what_it_did_not_know(
    code: Path, work: Callable[[], subprocess.Popen[bytes]]
) -> None:
    """A job of the next version waits; one that a killed worker held is done; both by the worker that knows them."""
    new = make_job("tests.new_job", words="of the next version")
    held = make_job("tests.new_job", "doing", words="of a worker that was killed")
    first = work()
    until(lambda: ProcrastinateJob.objects.get(pk=new).attempts > 0)
    assert ProcrastinateJob.objects.get(pk=new).status in ("todo", "doing")
    with open(code / "config" / "tasks.py", "a") as tasks:
        tasks.write(NEW_JOB)
    assert first.wait(timeout=PATIENCE) == START_AGAIN
    second = work()
    until(lambda: not ProcrastinateJob.objects.filter(pk__in=(new, held)).exists())
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=PATIENCE) == 0


def test_what_is_known_is_found_and_anything_else_is_put_back() -> None:
    known: dict[str, Any] = {"config.not_known": "put back", "audit.seal": "seal"}
    jobs: Any = KnownJobs(known)
    assert (jobs.get("audit.seal"), jobs.get("never.heard")) == ("seal", "put back")
