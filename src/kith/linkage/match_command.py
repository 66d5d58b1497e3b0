"""`kith match`: link or de-duplicate anybody's files, without database or web site."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa
import pyarrow.csv as pa_csv
from rich.console import Console
from rich.table import Table

from kith.linkage.engine import RecordsUnusableError
from kith.linkage.engine.files import FileMatch, FileUnreadableError, Guess, guess_columns, match_files, read_file
from kith.linkage.engine.files.matching import NotEnoughColumnsError
from kith.linkage.engine.files.people import holds_people, match_people


@click.command()
@click.argument("left", metavar="A.csv", type=click.Path(path_type=Path))
@click.argument("right", metavar="[B.csv]", required=False, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the matching pairs are written.")
@click.option("--clusters", type=click.Path(path_type=Path), help="Where each row's group is written, if wanted.")
@click.option("--map", "mapped", multiple=True, metavar="THEIRS=OURS", help="Say what a column is, e.g. FN=first_name.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option(
    "--threshold",
    type=click.FloatRange(0.01, 0.999),
    default=0.9,
    show_default=True,
    help="Probability from which two rows are written as a match.",
)
def match(
    left: Path,
    right: Path | None,
    out: Path,
    clusters: Path | None,
    mapped: tuple[str, ...],
    engine: str,
    threshold: float,
) -> None:
    """Find the rows of A.csv (and B.csv) that are one person, and say why."""
    console = Console(stderr=True)
    try:
        found = _match(console, left, right, _told(mapped), engine, threshold)
        _write(found.pairs, out)
        if clusters:
            _write(found.clusters, clusters)
    except (FileUnreadableError, NotEnoughColumnsError, RecordsUnusableError, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    groups = len(set(found.clusters["cluster_id"].to_pylist()))
    console.print(
        f"{found.pairs.num_rows:,} pairs written to {out}. {found.clusters.num_rows:,} rows are {groups:,} people."
    )


def _match(
    console: Console, left: Path, right: Path | None, told: dict[str, str], engine: str, threshold: float
) -> FileMatch:
    one = read_file(left)
    other = _alike(one, read_file(right), right) if right else None
    guess = guess_columns(one, told)
    _show(console, guess)
    ids = _row_ids(one, guess, "A" if other is not None else ""), _row_ids(other, guess, "B") if other else []
    if set(ids[0]) & set(ids[1]):
        ids = [f"A:{name}" for name in ids[0]], [f"B:{name}" for name in ids[1]]
    with console.status("reading") as status:
        tell = lambda words: status.update(words)  # noqa: E731  (one word, used twice)
        if engine == "spark" or holds_people(guess):
            return match_people(one, other, guess, ids=ids, engine=engine, threshold=threshold, progress=tell)
        return match_files(one, other, guess, ids=ids, threshold=threshold, progress=tell)


def _told(mapped: tuple[str, ...]) -> dict[str, str]:
    told = {}
    for pair in mapped:
        theirs, equals, ours = pair.partition("=")
        if not equals or not theirs or not ours:
            raise click.BadParameter(f"{pair!r} is not written THEIRS=OURS.", param_hint="--map")
        told[theirs.strip()] = ours.strip()
    return told


def _alike(one: pa.Table, other: pa.Table, path: Path) -> pa.Table:
    missing = [name for name in one.column_names if name not in other.column_names]
    if len(missing) == len(one.column_names):
        raise FileUnreadableError(f"{path} has none of the first file's columns ({', '.join(missing)}).")
    for name in missing:
        other = other.append_column(name, pa.nulls(other.num_rows, pa.string()))
    return other.select(one.column_names)


def _show(console: Console, guess: Guess) -> None:
    table = Table("column", "taken for", "because", title="What the columns are taken for (change with --map)")
    for column in guess.columns:
        table.add_row(column.name, column.role.replace("_", " "), column.why)
    console.print(table)


def _row_ids(table: pa.Table, guess: Guess, side: str) -> list[str]:
    """The file's own row ids where it has them and they are unique, else the row's number in the file."""
    for column in guess.with_role("row_id"):
        values = table[column.name].to_pylist()
        if None not in values and len(set(values)) == len(values):
            return [str(value) for value in values]
    return [f"{side}{number}" for number in range(1, table.num_rows + 1)]


def _write(table: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pa_csv.write_csv(table, path)


if __name__ == "__main__":
    match()
