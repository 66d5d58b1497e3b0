"""A web worker is light: serving pages needs no engine."""

from __future__ import annotations

import os
import subprocess
import sys

HEAVY = ("splink", "duckdb", "polars", "pyarrow", "numpy", "rapidfuzz")
IMPORTED = f"""
import django, sys
django.setup()
import kith.config.urls
print(",".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_pages_bring_in_no_engine() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "kith.config.settings", "KITH_TESTING": "1", "KITH_DEMO": "1"}
    found = subprocess.run(
        [sys.executable, "-c", IMPORTED], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert found.stdout.strip().splitlines()[-1:] in ([], [""]), f"brought in: {found.stdout.strip()}"
