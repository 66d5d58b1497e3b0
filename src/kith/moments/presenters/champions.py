"""The directory of champions: by what for, with what is missing and what is overdue said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kith.foundations.access.models import Viewer
from kith.foundations.design_system import words
from kith.moments.models import Champion
from kith.moments.permissions import can_keep_champions
from kith.moments.rules.codes import listed


@dataclass(frozen=True)
class ChampionShown:
    """One champion."""

    champion_id: int
    name: str
    job_title: str
    agency: str
    phone: str
    until: str
    overdue: bool
    mine: bool


def show_champions(
    found: Iterable[Champion], viewer: Viewer, today: date
) -> tuple[tuple[str, tuple[ChampionShown, ...]], ...]:
    """Every kind in its order, also those for which nobody is named."""
    held = list(found)
    return tuple(
        (kind.title, tuple(_show(one, viewer, today) for one in held if one.kind == kind.key))
        for kind in listed("champions", today)
    )


def _show(one: Champion, viewer: Viewer, today: date) -> ChampionShown:
    overdue = one.valid_until < today
    until = words.short_day(one.valid_until)
    said = f"Was to be confirmed by {until}: overdue" if overdue else f"Until {until}"
    mine = can_keep_champions(viewer, one.agency)
    return ChampionShown(one.pk, one.name, one.job_title, one.agency.name, one.phone, said, overdue, mine)
