"""`kith journeys`: what each journey takes of somebody's time, beside its budget."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import click

from kith.config.commands.journeys_budgets import (
    CLICK,
    DECISION,
    FREE_TEXT_ABOVE,
    KEY,
    KEY_ON_A_PHONE,
    PAGE_READ,
    Budget,
    BudgetError,
    Budgets,
    Measured,
    number_of,
    problems,
    read_budgets,
    read_measured,
)

BUDGETS = Path("tests/journeys/budgets.yaml")
MEASURED = Path("build/journeys")
PAGE = Path("docs/journeys.md")
COLUMNS = ["Journey", "Who", "Where", "Pages", "Required fields", "Clicks", "Estimated seconds", "Largest page, kB"]


@click.command()
@click.option("--check", is_flag=True, help="Fail when a budget is exceeded or a journey unmeasured; also writes.")
@click.option("--write", is_flag=True, help=f"Keep the table in {PAGE}.")
@click.option("--as-measured", is_flag=True, help=f"Walk nothing; read what is in {MEASURED}.")
@click.option("--root", type=click.Path(path_type=Path, exists=True), default=Path(), help="The repository.")
def journeys(check: bool, write: bool, as_measured: bool, root: Path) -> None:
    """Walk the measured journeys in a browser and set them beside their budgets."""
    try:
        budgets = read_budgets(root / BUDGETS)
        if not as_measured:
            _walk(root)
        measured = read_measured(root / MEASURED)
    except BudgetError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(table(budgets, measured))
    click.echo(f"Answering took the server {sum(one.server_ms for one in measured)} ms in all.")
    if write or check:
        (root / PAGE).write_text(page(budgets, measured), encoding="utf-8")
    found = problems(budgets, measured)
    for problem in found:
        click.echo(problem, err=True)
    if check and found:
        sys.exit(1)


def _walk(root: Path) -> None:
    """Run the journeys that measure, from nothing. Raises click.ClickException where one fails."""
    shutil.rmtree(root / MEASURED, ignore_errors=True)
    words = [sys.executable, "-m", "pytest", "tests/journeys", "-m", "measured", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"The journeys do not pass.\n{done.stdout[-4000:]}{done.stderr[-2000:]}")


def table(budgets: Budgets, measured: list[Measured]) -> str:
    """One line for each walk, and one for each journey that nobody can walk yet."""
    lines = [_line([*COLUMNS, "Budget", "Verdict", "Test"]), "|" + " --- |" * (len(COLUMNS) + 3)]
    walked = {one.journey for one in measured}
    rows = [(number_of(one.journey), _walked(one, budgets.journeys.get(one.journey))) for one in measured]
    rows += [(number_of(name), _unwalked(one)) for name, one in budgets.journeys.items() if name not in walked]
    return "\n".join([*lines, *(_line(row) for _, row in sorted(rows, key=lambda row: row[0]))])


def _walked(one: Measured, budget: Budget | None) -> list[str]:
    where = ("phone" if one.phone else "desk") + ("" if one.script else ", no JavaScript")
    over = budget.exceeded_by(one) if budget else ["no budget"]
    seconds = budget.seconds_of(one) if budget else one.seconds
    figures = [one.pages, one.required_fields, one.clicks, seconds, one.largest_page_kb]
    verdict = f"over: {'; '.join(over)}" if over else "within"
    begun = [_name(one.journey, budget), budget.who if budget else "", where]
    return [*begun, *map(str, figures), budget.in_words() if budget else "", verdict, f"`{one.test}`"]


def _unwalked(budget: Budget) -> list[str]:
    verdict = "not measured" if budget.built else "not built"
    return [_name(budget.journey, budget), budget.who, *[""] * 6, budget.in_words(), verdict, ""]


def _name(journey: str, budget: Budget | None) -> str:
    return f"{journey} {budget.does}" if budget else journey


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def page(budgets: Budgets, measured: list[Measured]) -> str:
    """docs/journeys.md as a whole."""
    return f"""# Journeys and their budgets

What each journey takes of somebody's time, walked in a browser by a test and set beside its budget. Made by
`kith journeys --write`; `kith journeys --check` fails when a budget is exceeded. No figure here is from a person yet:
medians of usability sessions will take the place of the estimates.

{table(budgets, measured)}

## How it is counted

- **Pages**: documents that answered 200 in the window. A redirect is none; the page that stands when the journey begins
  is one.
- **Required fields**: questions of a form that is sent (not of a search) that are on show, begin without an answer, and
  do not say "(optional)". Kith's pages say so of every question that the server does not insist on. A date in three
  boxes is one question, a list of radios or tick boxes is one, and a single tick box is none, because leaving it is an
  answer. A question that is asked again on the same page counts once.
- **Clicks**: presses of a button, link, radio or tick box, and one for going to each box that is typed in.
- **Estimated seconds**: {PAGE_READ:g} s to read a page, {CLICK} s a click, {KEY} s a key ({KEY_ON_A_PHONE} s on a
  phone), {DECISION} s a decision (a radio, a tick box, a choice from a list, a link followed, a pin put on a map): a
  keystroke-level model. Where a budget is "beyond typing", answers of more than {FREE_TEXT_ABOVE} characters are left
  out: they take as long as somebody has something to say.
- **Largest page**: the document and everything that it loads, with nothing cached, as it comes over the wire.

Budgets of {budgets.as_at:%-d %B %Y} (`{BUDGETS}`): {budgets.source}
"""
