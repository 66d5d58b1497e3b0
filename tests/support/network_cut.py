"""The links of a made-up cut: groups of friends of codes, the places they share, and links that fade. No figures."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.insight.models import Cut

COLUMNS = ("a", "a_kind", "b", "b_kind", "kind", "grade", "agency", "feed", "first_seen", "last_seen", "expires_on")
DAYS = ("first_seen", "last_seen", "expires_on")
SIZES = (14, 11, 9, 7, 3, 2)
LETTERS = "bcdfghjkmnpqrstvwxyz"


def keep_network_cut(by: Viewer, as_at: date, *, share: float = 1.0) -> Cut:
    """A cut of a day with only its links, people and places. `share`: how many of the links are in it already."""
    made = Cut.objects.create(name=f"{as_at}-links", scope=figures_scope(), as_at=as_at, made_at=timezone.now(),
                              made_by=by, purpose="A network for a test", sha256="0" * 64)  # fmt: skip
    folder = Path(settings.CUTS) / made.name
    folder.mkdir(parents=True)
    groups, places, friends = _codes()
    rows = [row for number, row in enumerate(_rows(groups, places, friends, as_at)) if number % 10 < share * 10]
    schema: dict[str, Any] = {name: pl.Date if name in DAYS else pl.String for name in COLUMNS}
    links = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("evidence")
    links.write_parquet(folder / "links.parquet")
    children = [code for group in groups for code in group]
    pl.DataFrame(
        {
            "child": children,
            "is_child": [True] * len(children),
            "born": [date(as_at.year - 12 - place % 5, 3, 1) for place in range(len(children))],
        }
    ).write_parquet(folder / "people.parquet")
    kinds = ["park", "food", "transport", "street"]
    pl.DataFrame({"place": places, "kind": kinds}).write_parquet(folder / "places.parquet")
    return made


def _codes() -> tuple[list[list[str]], list[str], list[str]]:
    chance = random.Random(12)
    drawn = ["".join(chance.choices(LETTERS, k=12)) for _ in range(sum(SIZES) + 6)]
    groups, start = [], 0
    for size in SIZES:
        groups.append(drawn[start : start + size])
        start += size
    return groups, drawn[start : start + 4], drawn[start + 4 :]


def _rows(groups: list[list[str]], places: list[str], friends: list[str], as_at: date) -> list[tuple[Any, ...]]:
    chance, rows = random.Random(5), []

    def add(a: str, b: str, b_kind: str, kind: str) -> None:
        last = as_at - timedelta(days=chance.randrange(5, 420))
        grade, agency = chance.choice(("seen", "told", "reported")), chance.choice(("police", "police", "school"))
        rows.append((a, "person", b, b_kind, kind, grade, agency, "", last, last, None))

    for number, group in enumerate(groups):
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if len(group) < 4 or chance.random() < 0.45:
                    add(one, other, "person", chance.choice(("friend-of", "seen-with", "seen-with")))
            if number < 4 and chance.random() < 0.6:
                add(one, places[number], "place", "seen-at")
    for group, friend in zip(groups[:2], friends, strict=True):
        for one in group[:6]:
            add(one, friend, "group", "part-of")
    add(groups[0][0], groups[1][0], "person", "friend-of")
    add(groups[2][0], places[0], "place", "seen-at")
    return rows
