"""Our own text is held to what the language helper says to others: pages, choices, and the demonstration's too."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kith.subjects.wording import remarks

SOURCE = Path(__file__).parents[2] / "src" / "kith"
DOCS = Path(__file__).parents[2] / "docs"
OF_A_PAGE = re.compile(r"<[^>]*>|\{[%#].*?[%#]\}|\{\{.*?\}\}", re.DOTALL)
ITS_OWN = "wording"  # the helper's folder, which has to name them


def _files() -> list[Path]:
    read = {".jinja", ".yaml", ".py", ".md", ".csv"}
    every = (path for path in sorted([*SOURCE.rglob("*"), *DOCS.rglob("*.md")]) if path.suffix in read)
    return [path for path in every if "tests" not in path.parts and ITS_OWN not in path.parts]


def _texts(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        tree = ast.walk(ast.parse(text))
        return [part.value for part in tree if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if path.suffix == ".jinja":
        return [OF_A_PAGE.sub(" ", text)]
    return [text.replace('"', " ")] if path.suffix == ".yaml" else [text]  # there the marks are YAML's, not speech


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_nothing_we_say_puts_the_harm_on_a_child(path: Path) -> None:
    found = [f"{remark.words}: {remark.why}" for text in _texts(path) for remark in remarks(text, at_most=None)]
    assert found == []


def test_a_word_in_a_page_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.jinja"
    page.write_text('<p class="absconded">{{ absconded }} She absconded.</p>')
    assert [remark.words for text in _texts(page) for remark in remarks(text)] == ["absconded"]
