"""A template as a paper: blank, to be answered by hand."""

from __future__ import annotations

from datetime import datetime

from kith.case_audits.rules.questions import JUDGEMENTS, AuditForm
from kith.foundations.charts import Table
from kith.foundations.design_system.words import short_day
from kith.foundations.papers import Heading, Paper, Part, Words

MARKING = "OFFICIAL-SENSITIVE when filled in"
FIRST = "First: does anything need doing today for this child? If so, do it now, and write who does what."


def blank_paper(form: AuditForm, now: datetime) -> Paper:
    """Every question with room for a judgement, words and evidence. It names nobody."""
    parts: list[Part] = [Words(FIRST), _room("Today", ("What needs doing today", "Who does it"))]
    for number, one in enumerate(form.questions, 1):
        parts += [Heading(f"{number}. {one.title}", 2), Words(one.ask), _judged(one.title)]
    if form.of_several:
        parts += [Words("Each agency fills in a paper of its own.")]
    about = (("Version", form.version), ("From", short_day(form.since)), ("Record, by its number", ""),
             ("Agency", ""), ("Audited by", ""), ("On", ""))  # fmt: skip
    return Paper(f"Case audit. {form.title}", MARKING, about, tuple(parts), now)


def _judged(title: str) -> Table:
    rows = tuple((f"( ) {words}", "", "") for words in JUDGEMENTS.values())
    return Table(f"{title}: how is it?", ("Tick one", "In words", "Where do you see it?"), rows)


def _room(caption: str, columns: tuple[str, ...]) -> Table:
    return Table(caption, columns, (("",) * len(columns),) * 2)
