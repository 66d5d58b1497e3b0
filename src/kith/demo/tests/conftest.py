"""One tiny Severnmouth, made once and read by every test here."""

from datetime import date
from pathlib import Path

import pytest

from kith.demo.feed import Delivery
from kith.demo.generate import generate

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Delivery]]:
    """The folder and what was sent."""
    out = tmp_path_factory.mktemp("severnmouth")
    return out, generate(size="tiny", seed=7, today=TODAY, out=out)
