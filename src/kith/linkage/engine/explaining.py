"""Why two records are, are not or may be one person, in sentences a social worker understands."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from kith.linkage.engine.comparisons import COMPARISONS, Level, level_number_sql
from kith.linkage.engine.contradictions import RULES
from kith.linkage.engine.database import connect
from kith.linkage.engine.features import build_features, build_names, build_spellings, prepare
from kith.linkage.engine.model import Model, default_model
from kith.linkage.engine.records import FIELDS, read_records
from kith.linkage.engine.results import Explanation, Reason
from kith.linkage.engine.scoring import probability_of, weight_sql

Record = Mapping[str, Any]
MOST_IN_HEADLINE = 3


class Explainer:
    """Explains pairs with one model. Safe to share between threads; one explanation at a time."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._con = connect()
        self._lock = threading.Lock()
        prepare(self._con, model)

    def explain(self, pairs: Sequence[tuple[Record, Record]]) -> list[Explanation]:
        """One explanation for each pair of records, in order."""
        if not pairs:
            return []
        with self._lock:
            self._load([record for pair in pairs for record in pair])
            rows = self._con.execute(_explained_sql(self._model)).fetchall()
        return [_explanation(row, self._model) for row in rows]

    def _load(self, records: Sequence[Record]) -> None:
        read_records(self._con, _as_table(records), "explained")
        build_names(self._con, "explained", "explained_names")
        build_spellings(self._con, "explained_names")
        build_features(self._con, "explained", "explained_names", "explained_features")


@lru_cache(maxsize=4)
def _explainer(model_id: int, model: _ById) -> Explainer:
    return Explainer(model.model)


class _ById:
    """A model as a cache key: the same object is the same key."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.model is other.model

    def __hash__(self) -> int:
        return id(self.model)


def explain(left: Record, right: Record, *, model: Model | None = None) -> Explanation:
    """Why these two records are, are not or may be one person. Columns as in `records.FIELDS`, missing ones unknown."""
    return explain_pairs([(left, right)], model=model)[0]


def explain_pairs(pairs: Sequence[tuple[Record, Record]], *, model: Model | None = None) -> list[Explanation]:
    """`explain` for many pairs at once, which is far quicker than one by one."""
    model = model or default_model()
    return _explainer(id(model), _ById(model)).explain(pairs)


def contradictions(left: Record, right: Record, *, model: Model | None = None) -> list[str]:
    """Sentences saying why the two cannot be one person; empty when nothing forbids it."""
    return list(explain(left, right, model=model).contradictions)


def _as_table(records: Sequence[Record]) -> pa.Table:
    columns: dict[str, pa.Array] = {"record_id": pa.array([str(number) for number in range(len(records))])}
    for name in FIELDS:
        kind = pa.date32() if name == "date_of_birth" else pa.string()
        columns[name] = pa.array([record.get(name) or None for record in records], type=kind)
    return pa.table(columns)


def _explained_sql(model: Model) -> str:
    levels = ", ".join(level_number_sql(comparison) for comparison in COMPARISONS)
    weights = ", ".join(f"({weight_sql(model, comparison)})::double" for comparison in COMPARISONS)
    rules = ", ".join(f"coalesce({sql}, false)" for sql, _ in RULES)
    return f"""select {levels}, {weights}, {rules}
        from explained_features L join explained_features R on R.n = L.n + 1 where L.n % 2 = 0 order by L.n"""


def _explanation(row: tuple[Any, ...], model: Model) -> Explanation:
    count = len(COMPARISONS)
    levels, weights, broken = row[:count], row[count : 2 * count], row[2 * count :]
    reasons = [_reason(place, level, weights[place]) for place, level in enumerate(levels)]
    ordered = tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))
    forbidden = tuple(sentence for (_, sentence), holds in zip(RULES, broken, strict=True) if holds)
    weight = model.prior_weight + sum(weights)
    return Explanation(_headline(reasons), ordered, forbidden, probability_of(weight), weight)


def _reason(place: int, level: int, weight: float) -> Reason:
    comparison = COMPARISONS[place]
    if level < 0:
        return Reason(comparison.name, f"{comparison.absent_sentence}.", 0.0, "unknown")
    found: Level = comparison.levels[level]
    return Reason(comparison.name, f"{found.sentence}.", round(float(weight), 2), found.agrees)


def _headline(reasons: Sequence[Reason]) -> str:
    """'Same surname and school number (UPN); dates of birth differ by day and month swapped.'"""
    same = [_short(reason) for reason in reasons if reason.agrees == "same" and reason.field != "sex"]
    other = [reason.sentence.rstrip(".") for reason in reasons if reason.agrees in ("close", "differs")]
    other.sort(key=lambda sentence: "ifferent home" in sentence)
    parts = [f"Same {_listed(same)}"] if same else []
    parts += [
        text if not parts and place == 0 else text[0].lower() + text[1:]
        for place, text in enumerate(other[:MOST_IN_HEADLINE])
    ]
    return "; ".join(parts) + "." if parts else "Nothing in common can be compared."


SHORT = {
    "first": "first name",
    "last": "surname",
    "dob": "date of birth",
    "middle": "middle name",
    "nhs": "NHS number",
    "upn": "school number (UPN)",
    "household": "home",
}


def _short(reason: Reason) -> str:
    if reason.field == "household":
        return reason.sentence.removeprefix("Same ").rstrip(".")
    if reason.field == "first" and "forms" in reason.sentence:
        return "first name in another form"
    return SHORT[reason.field]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
