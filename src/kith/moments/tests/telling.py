"""A rota and a critical moment, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from kith.foundations.access.actions import join_partnership
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.moments.actions.receiving import Told, tell_of
from kith.moments.actions.rota import NewShift, add_shifts
from kith.moments.models import Moment
from kith.moments.rules.rota import ShiftKind
from tests.support.cast import NOW, Cast, make_viewer

NHS = "9434765919"
TODAY = date(2026, 11, 3)


def add_tess(cast: Cast) -> Viewer:
    """A second member of the team that answers."""
    tess = make_viewer("Tess Moran", "practitioner", cast.council, cast.response, phone="01632 960174")
    join_partnership()
    return tess


def on_call(cast: Cast, who: Viewer, day: date = TODAY, kind: ShiftKind = ShiftKind.DAY) -> None:
    with viewing_as(cast.sol):
        add_shifts(team=cast.response, new=NewShift(who, kind, day), by=cast.sol, now=NOW)


def tell(cast: Cast, by: Viewer | None = None, **fields: Any) -> Moment:
    """Carol tells that a child was seen in A&E, with what is needed and no more."""
    words: dict[str, Any] = {"kind": "injury", "callback": "01632 960103", "nhs_number": NHS, **fields}
    giver = by or cast.carol
    with viewing_as(giver):
        moment = tell_of(told=Told(**words), by=giver, now=NOW)
    return Moment.objects.get(pk=moment.pk)
