"""Making the database ready, and Django's own commands."""

from __future__ import annotations

import click

from kith.foundations.starting import start_django


@click.command()
def setup() -> None:
    """Make the database ready: tables, row security, reference data."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    click.echo("The database is ready.")


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any Django management command, for example `kith manage makemigrations`."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kith manage", *arguments])
