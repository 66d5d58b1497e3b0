"""Which measures leaders look at, in which order and why. Plain Python and YAML; nothing is counted here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from kith.insight.rules.measures import measures
from kith.insight.rules.quality import looked_for


@dataclass(frozen=True)
class Scored:
    """One measure of the scorecard. `events`: the kind of event whose fields say how complete it can be, or ""."""

    measure: str
    why: str
    events: str = ""


@cache
def scorecard() -> tuple[Scored, ...]:
    """As scorecard.yaml has them."""
    return read(files(__package__).joinpath("scorecard.yaml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Scored, ...]:
    """From YAML. Raises KeyError where a reason lacks, ValueError for a measure or kind of event that is not there."""
    rows = yaml.safe_load(text)
    found = tuple(Scored(row["measure"], row["why"], row.get("events", "")) for row in rows)
    unknown = {one.measure for one in found} - measures().keys()
    unknown |= {one.events for one in found if one.events} - {one.kind for one in looked_for()}
    if unknown:
        raise ValueError(f"No such measure or kind of event: {', '.join(sorted(unknown))}")
    if len({one.measure for one in found}) < len(found):
        raise ValueError("A measure stands here twice")
    return found
