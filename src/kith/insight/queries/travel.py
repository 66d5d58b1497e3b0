"""What a cut tells of journeys and of places to travel from: worked out once, kept beside the cut."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.models import Cut, Pseudonym
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.places import JOB
from kith.insight.rules.periods import Window, current_and_previous
from kith.insight.rules.travel import TRAVEL_THEMES
from kith.subjects.models import Place, Subject
from kith.subjects.travel import travel_kinds

KEPT = "travel.json"


def years_of(cut: Cut) -> tuple[Window, Window]:
    """The last twelve whole months of a cut, and the twelve before."""
    return current_and_previous(cut.as_at)


def travel_of(cut: Cut) -> dict[str, Any]:
    """Exact numbers of a cut, "now" and "before": `presenters.travel` tells them in tens, and nobody else may."""
    path = folder_of(cut) / KEPT
    if not path.exists():
        _keep(path, _worked_out(cut))
    return _read(path)


def records_of(codes: Iterable[str]) -> dict[str, int]:
    """Code → number of the record, of those places to travel from that whoever asks may open."""
    with viewing_as(system_viewer(JOB)):
        public = Place.objects.filter(kind__in=list(travel_kinds())).values("subject")
        named = Pseudonym.objects.filter(code__in=list(codes), subject__in=public)
        known = dict(named.values_list("subject_id", "code"))
    seen = Subject.objects.filter(pk__in=known).values_list("pk", flat=True)
    return {known[pk]: pk for pk in seen}


def _worked_out(cut: Cut) -> dict[str, Any]:
    from kith.insight.engine.travel import travel  # noqa: PLC0415 - heavy, and only the first time

    now, before = years_of(cut)
    themes = {key: one.kinds for key, one in TRAVEL_THEMES.items()}
    years = {"now": (now.begins, now.after), "before": (before.begins, before.after)}
    return travel(folder_of(cut), kinds=list(travel_kinds()), themes=themes, years=years)


def _keep(path: Path, told: dict[str, Any]) -> None:
    """Whole or not at all; whoever comes first, it is the same."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(told, file, separators=(",", ":"))
    os.replace(file.name, path)


@lru_cache(maxsize=8)  # what is there never changes
def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
