"""The page of pathways is the definitions, and no older."""

from __future__ import annotations

from pathlib import Path

from kith.pathways.commands import as_page
from kith.pathways.rules import pathways

PAGE = Path(__file__).parents[4] / "docs" / "pathways.md"


def test_the_page_is_as_the_definitions() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_page(), "Run: kith pathways --write docs/pathways.md"


def test_every_state_stands_on_it() -> None:
    text = as_page()
    for path in pathways().values():
        assert f"## {path.title}" in text
        assert all(f'"{state.title}"' in text for state in path.states)
