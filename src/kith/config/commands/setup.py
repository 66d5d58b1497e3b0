"""Making the database ready, and Django's own commands."""

from __future__ import annotations

import os

import click


def start_django() -> None:
    """Load settings and apps, starting the embedded database if it is the one in use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    import django

    django.setup()


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
