"""Making the database ready, and Django's own commands."""

from __future__ import annotations

import click

from kith.foundations.starting import start_django


@click.command()
@click.option("--administrator", metavar="EMAIL", help="Add the first administrator, who adds everybody else.")
@click.option("--name", default="Administrator", show_default=True, help="Their name.")
def setup(administrator: str | None, name: str) -> None:
    """Make the database ready: tables, row security, reference data."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    click.echo("The database is ready.")
    if administrator:
        from django.utils import timezone

        from kith.config.first_administrator import add_first_administrator
        from kith.foundations.access.permissions import NotAllowed

        try:
            add_first_administrator(email=administrator, name=name, now=timezone.now())
        except NotAllowed as refused:
            raise click.ClickException(str(refused)) from refused
        click.echo(f"{name} may sign in: choose a password by “Forgotten your password?” on the sign-in page.")


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any Django management command, for example `kith manage makemigrations`."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kith manage", *arguments])
