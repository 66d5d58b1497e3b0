"""The command `kith report`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kith.foundations.starting import start_django

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kith.foundations.papers import Paper
    from kith.insight.models import Cut
    from kith.insight.queries.reports import Asked
    from kith.insight.rules.periods import Window
    from kith.insight.rules.profiles import Subject
    from kith.insight.rules.reports import ReportKind

MOST = 12  # named in an error
OF = "--of KIND:WHICH, such as --of theme:online, --of locality:Northgate or --of 'place:Harbour Park'"


@click.command()
@click.argument("name", required=False)
@click.option("--cut", "cut_name", default="", help="The cut whose numbers it holds; without it, the newest.")
@click.option("--period", default="", help="Such as twelve-months:2025-11:2026-10; without it, the newest.")
@click.option(
    "--year-before/--before",
    default=None,
    help="Compare with the same months a year before (a problem profile does), or with the period before.",
)
@click.option(
    "--of", "of_what", default="", help="Of what a problem profile is: place:, theme: or locality: and which."
)
@click.option("--for", "purpose", default="", help="What a problem profile is for; it is printed in it and kept.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where files go.")
def report(
    name: str | None, cut_name: str, period: str, year_before: bool | None, of_what: str, purpose: str, out: Path
) -> None:
    """Write the report NAME of a cut in every format, without commentary. Without NAME: which reports there are.

    The same cut and period give the same bytes again.
    """
    start_django()
    from django.utils import timezone

    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.viewing import viewing_as
    from kith.foundations.audit.actions import record
    from kith.insight.presenters.reports_paper import paper_of
    from kith.insight.queries.reports import Asked, Written
    from kith.insight.rules.reports import Comparator, report_kinds

    kinds = report_kinds()
    if name is None:
        for key, one in kinds.items():
            click.echo(f"{key:<16}{one.title}: {one.about}")
        return
    kind, job = kinds.get(name), system_viewer("reports")
    if kind is None:
        raise click.ClickException(f"There is no report {name}: {', '.join(kinds)}.")
    with viewing_as(job):
        cut = _cut(cut_name)
        subject = _subject(kind, cut, of_what, purpose)
        beside = Comparator("year-before" if (kind.of_subject if year_before is None else year_before) else "before")
        of = Asked(cut, kind, _period(kind, cut, period), beside, subject, purpose.strip())
        paper = paper_of(of, Written(), made_by="", draft=False)
        what = f"Wrote a report: {paper.title}, cut {cut.name}"
        record(viewer=job, action="export-report", what=what, because=of.purpose, now=timezone.now())
    _write(of, paper, out)
    click.echo(f"{paper.title}\nfrom cut {cut.name}; checksum of the numbers {paper.checksum()}")


def _cut(name: str) -> Cut:
    from kith.insight.queries.cuts import cut_or_none, latest_cut

    cut = cut_or_none(name) if name else latest_cut()
    if cut is None:
        raise click.ClickException(f"There is no cut {name}.".replace(" .", ".") + " Take one with `kith cut`.")
    return cut


def _period(kind: ReportKind, cut: Cut, asked: str) -> Window:
    from kith.insight.rules.reports import periods

    windows = {one.key: one for one in periods(kind, cut.as_at)}
    if asked and asked not in windows:
        raise click.ClickException("The period is one of: " + ", ".join(windows))
    return windows[asked or next(iter(windows))]


def _subject(kind: ReportKind, cut: Cut, of_what: str, purpose: str) -> Subject | None:
    """Of what a problem profile is, by its key or its name as the cut knows it; of another report, nothing."""
    from kith.foundations.access.rules import says_something
    from kith.insight.queries.profiles import subjects_of
    from kith.insight.rules.profiles import Subject, SubjectKind

    if not kind.of_subject:
        if of_what or purpose:
            raise click.ClickException(f"--of and --for belong to a problem profile; {kind.key} is of the whole area.")
        return None
    which, _, called = of_what.partition(":")
    if which not in list(SubjectKind) or not called.strip():
        raise click.ClickException(f"Say what the profile is of: {OF}.")
    known = subjects_of(cut)[SubjectKind(which)]
    asked = called.strip().casefold()
    found = [key for key, title in known.items() if asked in (key.casefold(), title.casefold())]
    if len(found) > 1:
        raise click.ClickException(f"This cut knows {len(found)} called {called}: {_listed(known, found)}.")
    if not found:
        near = [key for key, title in known.items() if asked in title.casefold()]
        raise click.ClickException(f"This cut knows no {which} {called}. It knows: {_listed(known, near or known)}.")
    if not says_something(purpose):
        raise click.ClickException("Say in a few words what the profile is for: --for 'To decide with the café …'.")
    return Subject(SubjectKind(which), found[0], known[found[0]])


def _listed(known: Mapping[str, str], keys: Iterable[str]) -> str:
    """Titles with their keys, as many as can be read."""
    said = [known[key] if known[key] == key else f"{known[key]} ({key})" for key in keys]
    return ", ".join(said[:MOST]) + (f" and {len(said) - MOST} more" if len(said) > MOST else "")


def _write(of: Asked, paper: Paper, out: Path) -> None:
    """A file of every format."""
    from kith.foundations.papers import FORMATS, write

    out.mkdir(parents=True, exist_ok=True)
    called = re.sub(r"[^a-z0-9]+", "-", of.subject.title.lower()).strip("-") if of.subject else ""
    name = "-".join(part for part in (of.kind.key, called, f"{of.period.last.first:%Y-%m}") if part)
    for one in FORMATS.values():
        path = out / f"{name}.{one.ending}"
        path.write_bytes(write(paper, one.name))
        click.echo(f"{one.words:<26}{path}")
