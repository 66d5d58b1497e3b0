"""The bodies that other systems send, with this partnership's codes, and what they mean to the actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from kith.exchange.rules.fields import Part
from kith.exchange.rules.missing_api import read_report, report_part, return_part
from kith.missing.actions import Back, Details
from kith.missing.rules.codes import choices

DETAILS = (
    "missing_from", "last_seen_at_place", "circumstances", "clothing", "carries", "likely_places", "companions",
)  # fmt: skip
CODED = {
    "missing_from": "missing_from",
    "grade": "grades",
    "harm_feared": "harms",
    "found_by": "found_by",
    "returned_to": "returned_to",
}
"""Fields, and the list that each takes its codes from."""


@cache
def report_body() -> Part:
    """Of a report."""
    return report_part(_lists())


@cache
def return_body() -> Part:
    """Of a return."""
    return return_part(_lists())


def report_told(body: Any, now: datetime) -> dict[str, Any]:
    """What a report means that came at `now`. Raises Wrong."""
    return read_report(report_body(), body, now)


def kept_report(body: dict[str, Any], sent_at: datetime) -> dict[str, Any]:
    """What a report means that was taken at `sent_at`, whatever codes the partnership has taken off its lists since."""
    return read_report(report_part(_lists(body)), body, sent_at)


def kept_return(body: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The same of a return that was taken before `now`."""
    return return_part(_lists(body)).read(body, now)


def details_of(told: dict[str, Any]) -> Details:
    """What helps the search."""
    words = {name: told.get(name, "") for name in DETAILS}
    return Details(**words, harm_feared=told.get("harm_feared", ()))


def back_of(told: dict[str, Any]) -> Back:
    """When and where the child came back."""
    return Back(
        at=told["back_at"][0],
        place=told.get("found_at_place", ""),
        found_by=told.get("found_by", ""),
        returned_to=told.get("returned_to", ""),
        harm_seen=told.get("harm_seen", ""),
    )


def _lists(kept: Mapping[str, Any] | None = None) -> dict[str, dict[str, str]]:
    """The codes as they are now, and those of a body that was taken."""
    lists = {name: dict(choices(name)) for name in CODED.values()}
    for field, name in CODED.items():
        said = (kept or {}).get(field) or ()
        for code in (said,) if isinstance(said, str) else said:
            lists[name].setdefault(code, code)
    return lists
