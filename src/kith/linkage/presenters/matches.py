"""What match review shows: two people side by side, one fact a row, and the sentence on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kith.linkage.queries.matches import Compared, Side, Waiting
from kith.linkage.rules.facts import facts_of, forms_of_one_name, how_it_differs, in_words
from kith.linkage.rules.identity import best_of
from kith.linkage.rules.stated import FIELDS, Source, Stated, sameness

if TYPE_CHECKING:
    from kith.linkage.engine import Explanation

LIKELY, EVEN = 0.75, 0.4
FIELDS_TO_DECIDE_ON = tuple(
    field for field in FIELDS if field not in ("religion", "immigration_status", "legal_status", "special_needs")
)
"""An officer decides who is who from identity, not from belief or status."""


@dataclass(frozen=True)
class Glimpse:
    """Somebody in one line: "Zofia Nowak", born, and how many records from whom."""

    name: str
    born: str
    records: str


@dataclass(frozen=True)
class QueueRow:
    """A match in the queue."""

    match: int
    left: Glimpse
    right: Glimpse
    how_alike: str
    found_at: datetime
    who: str
    is_open: bool


@dataclass(frozen=True)
class Row:
    """One fact of both: `differs` is None where one side says nothing."""

    field: str
    values: tuple[str, ...]
    differs: bool | None = None
    word: str = ""


@dataclass(frozen=True)
class Column:
    """One record, as the head of a column."""

    title: str
    source: str


@dataclass(frozen=True)
class MatchPage:
    """A match to decide."""

    match: int
    left: Glimpse
    right: Glimpse
    sentence: str
    contradictions: tuple[str, ...]
    how_alike: str
    found_at: datetime
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]
    columns: tuple[Column, ...]
    record_rows: tuple[Row, ...]

    @property
    def evidence(self) -> dict[str, Any]:
        """What was shown when it was decided, kept with the decision."""
        return {
            "left": asdict(self.left),
            "right": asdict(self.right),
            "sentence": self.sentence,
            "contradictions": list(self.contradictions),
            "rows": [asdict(row) for row in self.rows],
        }


def queue_row(waiting: Waiting, today: date) -> QueueRow:
    """One line of the queue."""
    alike, who = how_alike(waiting.probability), _who(waiting.comes_of_age, today)
    sides = (glimpse(waiting.left), glimpse(waiting.right))
    return QueueRow(waiting.match, *sides, alike, waiting.found_at, who, waiting.is_open)


def _who(comes_of_age: date | None, today: date) -> str:
    if comes_of_age is None:
        return "Age not known"
    return "A child" if comes_of_age > today else "Adults"


def match_page(compared: Compared) -> MatchPage:
    """Everything on the page of one match."""
    waiting, explanation = compared.waiting, compared.explanation
    records = (*waiting.left.records, *waiting.right.records)
    return MatchPage(
        match=waiting.match,
        left=glimpse(waiting.left),
        right=glimpse(waiting.right),
        sentence=explanation.headline,
        contradictions=explanation.contradictions,
        how_alike=how_alike(waiting.probability),
        found_at=waiting.found_at,
        rows=tuple(_compared_rows(waiting.left.records, waiting.right.records)),
        reasons=tuple(_reasons(explanation)),
        columns=tuple(_columns(waiting)),
        record_rows=tuple(_record_rows(records)),
    )


def how_alike(probability: float) -> str:
    """How sure the engine is, in words: a number would be believed too much."""
    if probability >= LIKELY:
        return "Very alike"
    return "Alike" if probability >= EVEN else "A little alike"


def glimpse(side: Side) -> Glimpse:
    """Somebody as their records best say."""
    said = side.records
    known = best_of(said, ("first_name", "last_name", "date_of_birth"))
    name = f"{known.get('first_name', '')} {known.get('last_name', '')}".strip() or "Name not known"
    born = known.get("date_of_birth", "")
    agencies = list(dict.fromkeys(record.source.agency_name for record in said))
    number = "1 record" if len(said) == 1 else f"{len(said)} records"
    words = f"born {in_words('date_of_birth', born)}" if born else "birth date not known"
    return Glimpse(name, words, f"{number}, {_listed(agencies)}" if said else "No records")


def _listed(names: list[str], most: int = 3) -> str:
    shown = names[:most] + ([f"{len(names) - most} more"] if len(names) > most else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _compared_rows(left: Iterable[Stated], right: Iterable[Stated]) -> Iterable[Row]:
    """The best value of each fact on either side; where a side disagrees with itself, its other values too."""
    one, other = ({line.field: line for line in facts_of(said)} for said in (left, right))
    for field in FIELDS_TO_DECIDE_ON:
        lines = (one.get(field), other.get(field))
        if not any(lines):
            continue
        values = tuple(_said(field, [value.value for value in line.values] if line else []) for line in lines)
        yield _row(field, values, *([v.value for v in line.values] if line else [] for line in lines))


def _said(field: str, values: list[str]) -> str:
    shown = [in_words(field, value) for value in values]
    return shown[0] + (f" (also {', '.join(shown[1:])})" if shown[1:] else "") if shown else ""


def _row(field: str, values: tuple[str, ...], left: list[str], right: list[str]) -> Row:
    title = FIELDS[field][0]
    if not left or not right:
        return Row(title, values)
    agree = {sameness(field, value) for value in left} & {sameness(field, value) for value in right}
    if agree:
        return Row(title, values, differs=False)
    return Row(title, values, differs=True, word=_word(field, left[0], right[0]))


def _word(field: str, left: str, right: str) -> str:
    if field == "first_name" and forms_of_one_name(left, right):
        return "forms of one name"
    return how_it_differs(field, left, right) or "differs"


def _reasons(explanation: Explanation) -> Iterable[str]:
    """What speaks for and against, weightiest first; what is unknown says nothing."""
    return (reason.sentence for reason in explanation.reasons if reason.agrees != "unknown")


def _columns(waiting: Waiting) -> Iterable[Column]:
    sides = (("First person", waiting.left), ("Second person", waiting.right))
    for words, side in sides:
        for record in side.records:
            yield Column(words, _source_words(record.source))


def _source_words(source: Source) -> str:
    parts = [source.agency_name, source.feed_title, _said_on(source), "" if source.is_current else "since withdrawn"]
    return ", ".join(part for part in parts if part)


def _said_on(source: Source) -> str:
    return f"{source.stated_on.day} {source.stated_on:%B %Y}" if source.stated_on else ""


def _record_rows(records: Iterable[Stated]) -> Iterable[Row]:
    said = list(records)
    for field in FIELDS_TO_DECIDE_ON:
        values = tuple(in_words(field, record.facts.get(field, "")) for record in said)
        different = {sameness(field, record.facts[field]) for record in said if record.facts.get(field)}
        if different:
            yield Row(FIELDS[field][0], values, differs=len(different) > 1)
