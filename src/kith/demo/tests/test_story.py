"""One story a home: asked for again it is the one that is here, and another is refused in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kith.demo.serving import AnotherStory, story

ANOTHER = [("town", 7, None), ("tiny", 8, None), ("tiny", 7, date(2026, 12, 1))]


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    (tmp_path / "demo" / "tiny-7-2026-11-20").mkdir(parents=True)
    return tmp_path


def test_a_new_home_gets_the_story_asked_for(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    assert story(size="town", seed=7, today=date(2026, 11, 20)).name == "town-7-2026-11-20"


def test_on_a_later_day_it_is_still_the_one_that_is_here(home: Path) -> None:
    assert story(size="tiny", seed=7, today=None).name == "tiny-7-2026-11-20"


@pytest.mark.parametrize(
    ("size", "seed", "today"), [("town", 7, None), ("tiny", 8, None), ("tiny", 7, date(2026, 12, 1))]
)
def test_another_is_refused_and_says_how_to_begin_again(home: Path, size: str, seed: int, today: date | None) -> None:
    with pytest.raises(AnotherStory, match="kith demo clear"):
        story(size=size, seed=seed, today=today)
