"""Before and after work in a place, beside a control area: what may be told, and what makes it weak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries import places as ask
from kith.insight.rules.places import Theme
from kith.insight.rules.suppression import Number
from kith.insight.rules.suppression.tens import TEN, in_tens

CONTROLS = {
    "locality": "other public places of the same part of the area",
    "kind": "other public places of the same kind",
    "all": "all other public places",
}
ALWAYS = (
    "This compares numbers that were recorded. If people were asked to tell more, numbers rise though harm does not.",
    "Harm may have moved nearby: look at the map of the time after the work too.",
    "A difference is not yet the work's doing: ask what else changed there, and what young people say.",
)
TOO_FEW = "Fewer than ten events are told of this place before the work, and fewer than ten after it: too few."
ENOUGH = TEN  # a number from which it is told


@dataclass(frozen=True)
class Change:
    """The page: what can be chosen, what was, the four numbers, the sentence and its warnings."""

    code: str
    name: str
    kind: str
    months: list[tuple[str, str]]
    began: str
    ended: str
    controls: Mapping[str, str]
    control: str
    words: str = ""
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    always: tuple[str, ...] = ALWAYS


def show_change(cut: Cut, known: Mapping[str, Any], code: str, theme: Theme, asked: Mapping[str, Any]) -> Change:
    """Work between two months at a place. Without a choice of months, only what can be chosen."""
    place = known[code]
    control = asked.get("control", "") if asked.get("control", "") in CONTROLS else "all"
    others = [other for other, one in known.items() if other != code and _is_control(one, place, control)]
    counted = ask.months_of(cut, code, others, theme)
    months = [(day[:7], f"{date.fromisoformat(day):%B %Y}") for day in counted["months"]]
    keys = [key for key, _ in months]
    began, ended = asked.get("began", ""), asked.get("ended", "")
    page = {
        "code": code, "name": place["name"], "kind": place["kind"], "months": months, "controls": CONTROLS,
        "control": control, "began": began if began in keys else "", "ended": ended if ended in keys else "",
    }  # fmt: skip
    if not page["began"]:
        return Change(**page)
    start = keys.index(str(page["began"]))
    end = keys.index(str(page["ended"])) + 1 if page["ended"] else start + 1
    return _told(page, counted, start, max(start + 1, end), not others)


def _is_control(one: Mapping[str, Any], place: Mapping[str, Any], control: str) -> bool:
    if control == "locality":
        return bool(one["locality"] == place["locality"])
    return bool(control == "all" or one["kind"] == place["kind"])


def _told(page: dict[str, Any], counted: dict[str, Any], start: int, end: int, alone: bool) -> Change:
    if alone:
        return Change(**page, words="There is no other place of this kind to compare with. Choose another.")
    try:
        found = ask.compared(counted, start, end)
    except ValueError:
        return Change(**page, words="There must be whole months before the work began and after it ended.")
    if max(found.place) < ENOUGH:
        return Change(**page, words=TOO_FEW)
    there, beside = (
        tuple(f"{_number(events)} in {months} months" for events, months in zip(side, found.periods, strict=True))
        for side in (found.place, found.control)
    )
    rows = [(page["name"], *there), (page["controls"][page["control"]].capitalize(), *beside)]
    return Change(**page, words=_words(found), rows=rows, warnings=found.warnings)


def _number(middle: int) -> str:
    """The ten of which this is the middle: the same words as in problem profiles."""
    return in_tens(Number(middle)).words


def _words(found: Any) -> str:
    """The sentence; without its numbers where one of them is too small to be told."""
    if min(*found.place, *found.control) >= ENOUGH:
        return str(found.words)
    if found.low <= 1 <= found.high:
        return "No difference from the control area can be told from chance."
    way = "fewer" if found.ratio < 1 else "more"
    return f"There were {way} than the control area would lead one to expect, more so than chance would make it."
