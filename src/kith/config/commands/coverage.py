"""`kith coverage`: what users asked for, what they can do today, and the test that shows it."""

from __future__ import annotations

import ast
import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click
from django.urls import Resolver404, resolve

from kith.foundations.starting import start_django

ROWS = 315
STATUSES = ("yes", "partly", "no")
COLUMNS = ["id", "capability", "status", "where", "test"]


@dataclass(frozen=True)
class Row:
    """One capability: `where` is a page's path or a `kith` command, `test` is path::name."""

    id: int
    capability: str
    status: str
    where: str
    test: str


def read_rows(path: Path) -> list[Row]:
    """The rows of the coverage table. Raises click.ClickException where a line cannot be read."""
    with path.open(newline="", encoding="utf-8") as handle:
        reader = csv.DictReader(handle)
        if reader.fieldnames != COLUMNS:
            raise click.ClickException(f"{path}: the columns must be {', '.join(COLUMNS)}.")
        return [
            Row(int(line["id"]), line["capability"], line["status"], line["where"], line["test"]) for line in reader
        ]


def problems(rows: list[Row], root: Path) -> list[str]:
    """Everything untrue about the table, in words."""
    found = [f"{number} stands {times} times" for number, times in Counter(r.id for r in rows).items() if times > 1]
    found += [f"{number} is missing" for number in sorted(set(range(1, ROWS + 1)) - {row.id for row in rows})]
    for row in rows:
        found += [f"{row.id}: {problem}" for problem in _row_problems(row, root)]
    return found


def _row_problems(row: Row, root: Path) -> list[str]:
    if row.status not in STATUSES:
        return [f"status is {row.status!r}; it may be {', '.join(STATUSES)}"]
    if row.status != "yes":
        return []
    found = [] if _where_resolves(row.where) else [f"nothing stands at {row.where!r}"]
    return found + ([] if _test_exists(row.test, root) else [f"there is no test {row.test!r}"])


def _where_resolves(where: str) -> bool:
    if where.startswith("kith "):
        from kith.config.cli import COMMANDS

        return where.split()[1] in COMMANDS
    try:
        resolve(where)
    except Resolver404:
        return False
    return True


def _test_exists(test: str, root: Path) -> bool:
    path, _, name = test.partition("::")
    file = root / path
    if not name or not file.is_file():
        return False
    wanted = name.split("::")[-1]
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == wanted for node in ast.walk(tree))


@click.command()
@click.option("--check", is_flag=True, help="Fail when the table is not true.")
@click.option("--root", type=click.Path(path_type=Path, exists=True), default=Path(), help="The repository.")
def coverage(check: bool, root: Path) -> None:
    """Check docs/coverage.csv against tests and pages."""
    start_django()
    rows = read_rows(root / "docs" / "coverage.csv")
    counts = Counter(row.status for row in rows)
    click.echo(" · ".join(f"{status} {counts[status]}" for status in STATUSES) + f" · of {len(rows)}")
    found = problems(rows, root)
    for problem in found:
        click.echo(problem, err=True)
    if check and found:
        sys.exit(1)
