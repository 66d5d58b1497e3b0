"""`kith audit`: seal what was looked at, check the seals, read the last lines."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import click


@click.group()
def audit() -> None:
    """Seal and verify the record of who looked."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    django.setup()


@audit.command("seal")
def seal_command() -> None:
    """Seal every line that no earlier one can join any more. `kith worker` does this every few seconds."""
    from django.utils import timezone

    from kith.foundations.audit.actions import last_seal, seal

    count = seal(timezone.now())
    last = last_seal()
    click.echo(f"{count} lines sealed. Head: {last.hash if last else 'nothing to seal'}")


@audit.command("verify")
@click.option("--expect", default="", help="A head written down earlier: it must still be in the chain.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify_command(expect: str, as_json: bool) -> None:
    """Check that every line is as it was sealed. Ends with code 1 and says which line, where one is not."""
    from kith.foundations.audit.actions import verify

    found = verify(expect)
    click.echo(json.dumps(_as_json(found), default=str, indent=2) if as_json else _in_words(found))
    raise SystemExit(0 if found.holds else 1)


@audit.command("tail")
@click.option("-n", "lines", default=20, show_default=True, help="How many lines.")
@click.option("-f", "--follow", is_flag=True, help="Wait for more.")
def tail_command(lines: int, follow: bool) -> None:
    """Print the newest lines: when, who, what, about which records, why they could."""
    from kith.foundations.audit.models import AuditEvent

    newest = list(AuditEvent.objects.order_by("-pk")[:lines])[::-1]
    while True:
        for event in newest:
            click.echo(_line(event))
        if not follow:
            return
        after = newest[-1].pk if newest else 0
        while not (newest := list(AuditEvent.objects.filter(pk__gt=after).order_by("pk"))):
            time.sleep(1)


def _line(event: Any) -> str:
    about = f" about {', '.join(map(str, event.subjects))}" if event.subjects else ""
    why = f" ({event.because})" if event.because else ""
    who = event.viewer_name or "nobody"
    return f"{event.at:%Y-%m-%d %H:%M:%S} {who}: {event.action}{about} {event.what}{why}"


def _in_words(found: Any) -> str:
    lines = [f"{found.seals} seals over {found.events} lines; {found.tail} lines wait for the next seal."]
    lines += [f"Head: {found.head}"] if found.head else []
    lines += [f"NOT AS SEALED ({problem.kind}): {problem.sentence}" for problem in found.problems]
    lines += ["Everything is as it was sealed."] if found.holds else [f"{len(found.problems)} problems."]
    return "\n".join(lines)


def _as_json(found: Any) -> dict[str, Any]:
    problems = [vars(problem) for problem in found.problems]
    return {**{key: value for key, value in vars(found).items() if key != "problems"}, "problems": problems}
