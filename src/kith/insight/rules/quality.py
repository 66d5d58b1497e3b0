"""Which fields are looked for in which kind of event. Plain Python and YAML; nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

FIELDS = {
    "ethnicity": "Ethnicity",
    "born": "Month of birth",
    "sex": "Sex",
    "place": "Place",
    "time": "Time of day",
    "outcome": "Outcome",
}


@dataclass(frozen=True)
class Looked:
    """One kind of event and the fields that are needed of it."""

    kind: str
    title: str
    fields: tuple[str, ...]


@cache
def looked_for() -> tuple[Looked, ...]:
    """As quality.yaml has them. Raises ValueError for a field that nobody counts."""
    rows = yaml.safe_load(files(__package__).joinpath("quality.yaml").read_text(encoding="utf-8"))
    found = tuple(Looked(row["kind"], row["title"], tuple(row["fields"])) for row in rows)
    if unknown := {field for one in found for field in one.fields} - FIELDS.keys():
        raise ValueError(f"No such field: {', '.join(sorted(unknown))}")
    return found
