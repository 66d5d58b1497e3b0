"""A network as it stands on the day asked for: of named people, as far as whoever looks may see them, or of a cut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from kith.insight.network_permissions import check_look
from kith.insight.presenters import networks as present
from kith.insight.queries import networks as ask
from kith.insight.queries import networks_of_cut as in_codes
from kith.insight.queries.cuts import folder_of
from kith.insight.rules import networks as rules
from kith.insight.rules.networks_codes import codes_of
from kith.insight.rules.networks_in_codes import BIASED, code_of

if TYPE_CHECKING:
    from kith.foundations.access.models import Viewer
    from kith.insight.models import Cut, Network

EARLIEST = date(1990, 1, 1)  # no evidence is older
OVER = "This network may no longer be looked at. Ask for it anew, with its purpose."


@dataclass(frozen=True)
class Looked:
    """A network as whoever looks sees it on a day."""

    network: Network
    around: ask.Around
    links: list[rules.Link]
    drawn: list[rules.Drawn]
    left_out: int
    seeds: list[int]
    day: date
    last: date  # the latest day that can be looked at
    mode: rules.Mode

    @property
    def as_asked(self) -> str:
        """What an address ends with so that it is looked at as of this day."""
        return "" if self.day == self.last else f"?at={self.day}"

    @cached_property
    def codes(self) -> dict[tuple[int, int], str]:
        """The code of each link, whatever day is looked at."""
        return codes_of(link.ends for link in self.links)

    def on(self, day: date) -> list[rules.Drawn]:
        """What stands on another day, within reach of where it begins."""
        return rules.within_reach(rules.drawn_on(self.links, day), self.seeds, self.network.steps)

    @property
    def missing(self) -> tuple[str, ...]:
        closed = (
            0 if self.mode is not rules.Mode.PROFESSIONAL else sum(not self.around.nodes[n].opens for n in self.numbers)
        )
        return rules.likely_missing(self.drawn, closed, self.left_out, self.around.told, self.around.cut_short) + (
            (BIASED,) if self.mode is rules.Mode.IN_CODES else ()
        )

    @property
    def numbers(self) -> list[int]:
        return list(dict.fromkeys([*self.seeds, *(end for one in self.drawn for end in one.link.ends)]))


def look(viewer: Viewer, network_id: int, now: datetime, asked: Any) -> Looked:
    """The network as it stands on the day asked for. Raises Http404 where it is not this viewer's, PermissionDenied
    where its time is over or nobody it begins from is open any longer.
    """
    network = ask.network_of(viewer, network_id)
    if network is None:
        raise Http404
    check_look(viewer, network)
    today = timezone.localdate(now)
    if network.cut is not None:
        return _look_in_codes(network, network.cut, today, asked)
    seeds = ask.open_seeds(network.seeds)
    if network.ends_on <= today or not seeds:
        raise PermissionDenied(OVER)
    mode = rules.Mode(network.mode)
    around = ask.around(seeds)
    links = list(around.links)
    if mode is rules.Mode.TOGETHER:
        links = rules.for_looking_together(links, seeds[0])
        around = ask.Around(tuple(links), present.in_initials(around.nodes), Counter())
    day = day_asked(asked.get("at", ""), default=today, latest=today)
    links = rules.known_by(links, today, rules.Window(network.since, network.upto))
    drawn, left_out = rules.readable(rules.within_reach(rules.drawn_on(links, day), seeds), seeds)
    return Looked(network, around, links, drawn, left_out, seeds, day, today, mode)


def _look_in_codes(network: Network, cut: Cut, today: date, asked: Any) -> Looked:
    """The same from a cut: its last day is the latest that can be looked at."""
    if network.ends_on <= today or not (folder_of(cut) / "links.parquet").exists():
        raise PermissionDenied(OVER)
    around = in_codes.around_code(cut, code_of(network.seeds[0]), network.steps)
    day = day_asked(asked.get("at", ""), default=cut.as_at, latest=cut.as_at)
    links = rules.known_by(around.links, cut.as_at, rules.Window())
    standing = rules.within_reach(rules.drawn_on(links, day), network.seeds, network.steps)
    drawn, left_out = rules.readable(standing, network.seeds)
    return Looked(network, around, links, drawn, left_out, network.seeds, day, cut.as_at, rules.Mode.IN_CODES)


def day_asked(typed: str, *, default: date, latest: date) -> date:
    try:
        return max(EARLIEST, min(date.fromisoformat(typed), latest))
    except ValueError:
        return default


def months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))
