"""The week of one public place, for its own page: from the newest cut, as it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kith.foundations.charts import WeekGrid
from kith.insight.presenters.places import show_terms, week_grid
from kith.insight.queries import places as ask
from kith.insight.queries.cuts import latest_cut


@dataclass(frozen=True)
class PlaceWeek:
    """The picture, what it is of in words, and what cuts call the place."""

    picture: WeekGrid
    about: str
    code: str


def week_of_subject(subject_id: int) -> PlaceWeek | None:
    """The week of a public place; None for a home, and where fewer than five events or children are told of."""
    cut, code = latest_cut(), ask.code_of_place(subject_id)
    week = ask.week_of(cut, code) if cut and code else None
    if week is None:
        return None
    first, last = date.fromisoformat(week["from"]), date.fromisoformat(week["to"]) - timedelta(days=1)
    about = f"Of everything that agencies told of here from {first:%B %Y} to {last:%B %Y}. {show_terms(week)}".strip()
    return PlaceWeek(week_grid("When in the week", week), about, code)
