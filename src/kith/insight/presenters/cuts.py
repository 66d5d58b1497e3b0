"""How cuts are shown: as at when, how many rows, how fresh the feeds were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import has_files, manifest_of
from kith.insight.rules.periods import as_at_words

STATES = {"fresh": "In time", "late": "Late", "silent": "Silent", "never": "Never came", "failed": "Could not be read"}


@dataclass(frozen=True)
class Top:
    """What stands above every page of figures: as at when, how old, which feeds were silent."""

    name: str
    as_at: str
    age: str
    feeds: int
    silent: list[str]


def show_top(cut: Cut, today: date) -> Top:
    """The line above figures."""
    feeds = manifest_of(cut)["feeds"]
    silent = [feed["title"] or feed["feed"] for feed in feeds if feed["state"] in ("silent", "failed")]
    days = (today - cut.as_at).days
    age = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    return Top(cut.name, as_at_words(cut.as_at), age, len(feeds), silent)


def show_cuts(found: Sequence[Cut], names: Mapping[str, str]) -> dict[str, Any]:
    """The list of cuts and the feeds of the newest, those that somebody must ask after first; `names` of agencies."""
    here = [cut for cut in found if has_files(cut)]
    feeds = sorted(manifest_of(here[0])["feeds"], key=lambda feed: feed["state"] == "fresh") if here else []
    return {
        "behind": sum(feed["state"] != "fresh" for feed in feeds),
        "cuts": [
            (cut, cut in here, f"{cut.as_at:%-d %B %Y}", f"{sum(cut.rows.values()):,}", f"{cut.seconds:.1f}")
            for cut in found
        ],
        "feeds": [
            (
                feed["title"] or feed["feed"],
                names.get(feed["agency"]) or feed["agency"].replace("-", " ").capitalize(),
                STATES.get(feed["state"], feed["state"]),
                f"{date.fromisoformat(feed['latest_delivery'][:10]):%-d %B %Y}" if feed["latest_delivery"] else "",
                _rejected(feed),
            )
            for feed in feeds
        ],
    }


def _rejected(feed: dict[str, Any]) -> str:
    read, rejected = feed["rows_read"] or 0, feed["rows_rejected"] or 0
    return f"{rejected:,} of {read:,}" if read else ""
