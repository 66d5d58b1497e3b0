"""Tests use the demonstration's settings and, by default, the embedded database."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("KITH_TESTING", "1")

pytest_plugins = ["tests.support.fixtures", "tests.support.letters"]
BEGUN_FIRST = Path(__file__).parent / "tests" / "chaos"  # long ones, over servers of their own: none may be the last


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: BEGUN_FIRST not in item.path.parents)
