"""The command `kith missing-year`."""

from __future__ import annotations

from datetime import datetime

import click

from kith.foundations.starting import start_django


@click.command()
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), help="The day before which the twelve months end. Today.")
@click.option("--small/--no-small", default=False, help="Show numbers below five too.")
def missing_year(as_at: datetime | None, small: bool) -> None:
    """Print the twelve months of missing children, as the police, the council and Kith count them."""
    start_django()
    from django.utils import timezone

    from kith.foundations.access.actions import system_viewer
    from kith.foundations.audit.actions import record
    from kith.missing.presenters.year import as_text, show_year
    from kith.missing.queries.counts import JOB
    from kith.missing.queries.year import year_counted

    now = timezone.now()
    counted = year_counted(as_at.date() if as_at else timezone.localdate(now))
    what = "Printed the year of missing children" + (" with small numbers" if small else "")
    record(viewer=system_viewer(JOB), action="export-missing-year", what=what, now=now)
    click.echo(as_text(show_year(counted, desk=small)))
