"""kill -9 while a cut is taken, a report signed, a problem profile written: nothing half is offered, nothing is lost.

KITH_CHAOS says how many times (2 without it).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kith.foundations.database.address import url_of

KILLS = int(os.environ.get("KITH_CHAOS", "2"))
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_moments_no_cut_is_half_and_no_report_without_its_files(tmp_path: Path) -> None:
    known = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    env = known | {"KITH_HOME": str(tmp_path), "KITH_TESTING": "1", "DATABASE_URL": url_of(connection.settings_dict),
                   "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}  # fmt: skip
    words = [sys.executable, "-m", "tests.chaos.insight_apart", str(tmp_path), str(KILLS)]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    cuts, profiles = found["cuts"], found["profiles"]
    assert (cuts["wrong"], cuts["differs"]) == ([], [])
    assert cuts["left behind"][1] == 0, "what a killed cut had begun stays on the disk"
    told, there = profiles["told and there"]
    assert (profiles["without their files"], profiles["differs"]) == (0, False)
    assert told == there, "a report is there without its line in the audit, or the line without it"
    assert profiles["signed"] >= 2
