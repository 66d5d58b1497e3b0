"""The library in words and as a table."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from kith.case_audits.models import Submission
from kith.case_audits.queries.library import Asked
from kith.case_audits.rules.questions import JUDGEMENTS
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.models import Agency
from kith.foundations.charts import Cell, Table

COLUMNS = ("Agency", "What was audited", "About", "From", "Until", "Records", "As a whole", "What was found",
           "What will be done", "File", "Handed in", "Withdrawn")  # fmt: skip


def query_of(asked: Asked) -> str:
    """The same question in an address, with & at its end; "" where nothing is asked."""
    said = {"q": asked.words, "agency": asked.agency, "theme": asked.theme, "grade": asked.grade,
            "withdrawn": "yes" if asked.withdrawn else ""}  # fmt: skip
    kept = {key: value for key, value in said.items() if value}
    return f"{urlencode(kept)}&" if kept else ""


def show_choices(agencies: Iterable[Agency]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What may be chosen: name in the address, label, answers."""
    return [
        ("agency", "Agency", [(one.key, one.name) for one in agencies]),
        ("theme", "About", list(THEMES.items())),
        ("grade", "As a whole", list(JUDGEMENTS.items())),
    ]


def library_table(found: Iterable[Submission]) -> Table:
    """A row an audit."""
    return Table("Audits that agencies made by themselves", COLUMNS, tuple(_row(one) for one in found))


def _row(one: Submission) -> tuple[Cell, ...]:
    withdrawn = f"{one.withdrawn_at:%Y-%m-%d}: {one.withdrawn_why}" if one.withdrawn_at else ""
    file = ("For everybody" if one.is_file_shared else "For its agency") if one.file_id else "None"
    return (one.agency.name, one.title, THEMES.get(one.theme, one.theme), one.since.isoformat(),
            one.until.isoformat(), one.records, JUDGEMENTS.get(one.grade, "Not judged"), one.findings, one.actions,
            file, f"{one.handed_in_at:%Y-%m-%d}", withdrawn)  # fmt: skip
