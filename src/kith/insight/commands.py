"""The commands `kith cut` and `kith measures`."""

from __future__ import annotations

from pathlib import Path

import click

from kith.foundations.starting import start_django


@click.command()
@click.option("--purpose", default="Figures of the partnership", show_default=True, help="What it is for; it is kept.")
@click.option("--list", "only_list", is_flag=True, help="List the cuts there are.")
@click.option("--check", is_flag=True, help="Check that no cut has changed since it was made.")
def cut(purpose: str, only_list: bool, check: bool) -> None:
    """Take a cut: what is recorded now, made small, without names, dated and hashed, with its figures."""
    start_django()
    from django.utils import timezone

    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.viewing import viewing_as
    from kith.insight.actions.cuts import JOB, take_cut
    from kith.insight.queries.cuts import cuts, what_changed

    job = system_viewer(JOB)
    if only_list or check:
        with viewing_as(job):
            found = list(cuts())
        wrong = {one.name: what_changed(one) for one in found} if check else {}
        for one in found:
            changed = f"  CHANGED: {', '.join(wrong[one.name])}" if wrong.get(one.name) else ""
            click.echo(f"{one.name}  {sum(one.rows.values()):>9,} rows  {one.purpose}{changed}")
        raise SystemExit(1 if any(wrong.values()) else 0)
    made = take_cut(purpose=purpose, by=job, now=timezone.now())
    for table, rows in sorted(made.rows.items()):
        click.echo(f"{table:<15}{rows:>10,} rows")
    click.echo(f"Cut {made.name}: {sum(made.rows.values()):,} rows and all figures in {made.seconds:.1f} s.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--spark", is_flag=True, help="Count on local Spark instead of DuckDB; the figures must be the same.")
@click.option("--write", is_flag=True, help="Write the figures where none are; otherwise compare with those kept.")
def measures(folder: Path, spark: bool, write: bool) -> None:
    """Count every measure on the cut in FOLDER again, and say whether the figures are those kept beside it."""
    from kith.insight.engine.measuring import count_again

    found = count_again(folder, spark=spark, write=write)
    for key in found.different:
        click.echo(f"{key}: not the figures that were kept")
    click.echo(f"{found.counted} measures counted in {found.seconds:.1f} s; {len(found.different)} differ.")
    raise SystemExit(1 if found.different else 0)
