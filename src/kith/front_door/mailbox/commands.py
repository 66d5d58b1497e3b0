"""The command `kith mail`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kith.foundations.starting import start_django


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
def mail(files: tuple[Path, ...]) -> None:
    """Take letters that came by email into the queue: FILEs, or - for one on standard input.

    Without a file, the new letters of the Maildir that KITH_MAILBOX names.
    """
    start_django()
    from django.conf import settings
    from django.utils import timezone

    from kith.front_door.actions.mailbox import take_email, take_maildir
    from kith.front_door.mailbox.reading import LARGEST, read_at_most

    if not files and not settings.KITH_MAILBOX:
        raise click.UsageError("Give a file, or - to read one letter, or set KITH_MAILBOX to a Maildir.")
    taken = []
    for path in files:
        raw = sys.stdin.buffer.read(LARGEST + 1) if str(path) == "-" else read_at_most(path)
        taken.append((str(path), take_email(raw=raw, now=timezone.now())))
    if not files:
        taken = [("letter", one) for one in take_maildir(folder=Path(settings.KITH_MAILBOX), now=timezone.now())]
    for name, one in taken:
        click.echo(f"{name}: {one.words}")
    new, broken = sum(one.new for _, one in taken), sum(bool(one.problem) for _, one in taken)
    click.echo(
        f"{len(taken)} read: {new} new, {len(taken) - new - broken} stood already, {broken} kept without a contact."
    )
