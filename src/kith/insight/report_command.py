"""The command `kith report`."""

from __future__ import annotations

from pathlib import Path

import click

from kith.foundations.starting import start_django


@click.command()
@click.argument("name", required=False)
@click.option("--cut", "cut_name", default="", help="The cut whose numbers it holds; without it, the newest.")
@click.option("--period", default="", help="Such as twelve-months:2025-11:2026-10; without it, the newest.")
@click.option("--year-before", is_flag=True, help="Compare with the same months a year before.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where files go.")
def report(name: str | None, cut_name: str, period: str, year_before: bool, out: Path) -> None:
    """Write the report NAME of a cut in every format, without commentary. Without NAME: which reports there are.

    The same cut and period give the same bytes again.
    """
    start_django()
    from django.utils import timezone

    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.viewing import viewing_as
    from kith.foundations.audit.actions import record
    from kith.foundations.papers import FORMATS, write
    from kith.insight.presenters.reports_paper import paper_of
    from kith.insight.queries.cuts import cut_or_none, latest_cut
    from kith.insight.queries.reports import Asked, Written
    from kith.insight.rules.reports import Comparator, periods, report_kinds

    kinds = {key: kind for key, kind in report_kinds().items() if not kind.of_subject}
    if name is None:
        for key, kind in kinds.items():
            click.echo(f"{key:<16}{kind.title}: {kind.about}")
        return
    chosen, job = kinds.get(name), system_viewer("reports")
    if chosen is None:
        raise click.ClickException(f"There is no report {name}: {', '.join(kinds)}.")
    with viewing_as(job):
        cut = cut_or_none(cut_name) if cut_name else latest_cut()
        if cut is None:
            raise click.ClickException(f"There is no cut {cut_name}.".replace(" .", ".") + " Take one with `kith cut`.")
        windows = {one.key: one for one in periods(chosen, cut.as_at)}
        if period and period not in windows:
            raise click.ClickException("The period is one of: " + ", ".join(windows))
        comparator = Comparator("year-before" if year_before else "before")
        of = Asked(cut, chosen, windows[period or next(iter(windows))], comparator)
        paper = paper_of(of, Written(), made_by="", draft=False)
        what = f"Wrote a report: {paper.title}, cut {cut.name}"
        record(viewer=job, action="export-report", what=what, now=timezone.now())
    out.mkdir(parents=True, exist_ok=True)
    for one in FORMATS.values():
        path = out / f"{name}-{of.period.last.first:%Y-%m}.{one.ending}"
        path.write_bytes(write(paper, one.name))
        click.echo(f"{one.words:<26}{path}")
    click.echo(f"{paper.title}\nfrom cut {cut.name}; checksum of the numbers {paper.checksum()}")
