"""Problem profiles: of what they may be, what they count, and the published rules that ask questions. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from kith.insight.rules.periods import Window, last_complete, quarter, six_months, twelve_months, year

FILE = Path(__file__).with_suffix(".yaml")
MARKING = "OFFICIAL-SENSITIVE"
SMALL = (
    "Every number stands in tens (fewer than 10, 10 to 19, and so on), hours of the week in fives; shares and changes "
    "are worked out from these. A number that fewer than five children stand behind is not shown"
)
NAMED_FROM = 10  # events below which a public place is not named in somebody else's profile
COMPARED_FROM = 20  # events that each side of a comparison needs


class SubjectKind(StrEnum):
    """What a problem profile is of."""

    PLACE = "place"
    THEME = "theme"
    LOCALITY = "locality"


SUBJECT_KINDS = {
    SubjectKind.THEME: "A kind of harm, in the whole area",
    SubjectKind.LOCALITY: "A locality",
    SubjectKind.PLACE: "A public place",
}


@dataclass(frozen=True)
class Theme:
    """A kind of harm, and by which words an event of each kind belongs to it; no words: every event of the kind."""

    key: str
    title: str
    about: str
    events: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Question:
    """A published rule: what it looks at, from how many in ten, what it asks, and why."""

    key: str
    finding: str
    asks: str
    why: str
    tenths: int = 0


@dataclass(frozen=True)
class Section:
    """A heading; `required` ones need words before the profile is signed off."""

    key: str
    title: str
    prompt: str
    required: bool = False


SECTIONS = (
    Section(
        "summary", "What this says", "Say in one paragraph what is happening, and how sure you are.", required=True
    ),
    Section("what", "What", "What kinds of events are these, and what do they have in common?"),
    Section("when", "When", "What do the hours and months tell, and what might explain them?"),
    Section("where", "Where", "What do you know of these places that numbers do not tell?"),
    Section("who", "Who", "Who is harmed, and who may be missing from these numbers?"),
    Section("help", "Help nearby", "Which help is there that no feed tells of?"),
    Section("tried", "What was tried", "What else was tried, by whom?"),
    Section("changed", "What changed", "What may have changed it besides the work?"),
    Section(
        "gaps",
        "What is missing from this picture",
        "Say what the gaps mean for how far this can be relied on.",
        required=True,
    ),
    Section("questions", "Questions to ask", "Which question comes first, and who takes it?"),
    Section("definitions", "Where the numbers come from", "Anything a reader should know of how this was made?"),
)


def section_of(key: str) -> Section | None:
    """A section by its key."""
    return next((one for one in SECTIONS if one.key == key), None)


def not_answered(written: Mapping[str, str]) -> list[Section]:
    """The sections that must have words and have none."""
    return [one for one in SECTIONS if one.required and not written.get(one.key, "").strip()]


def periods(as_at: date) -> list[Window]:
    """Periods that a profile may be of: over when the cut was taken, with as long a time before them counted."""
    last = last_complete(as_at)
    found = [twelve_months(last)]
    for of in (six_months, quarter, year):
        window = of(last)
        if not window.is_complete(as_at):
            window = window.previous()
        found += [window, window.previous()] if of is not year else [window]
    return list(dict.fromkeys(found))


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its key."""
    return {
        one["key"]: Theme(
            one["key"], one["title"], one["about"], {kind: tuple(words) for kind, words in one["events"].items()}
        )
        for one in _read()["themes"]
    }


@cache
def questions() -> tuple[Question, ...]:
    """Every published rule, in order."""
    return tuple(Question(**one) for one in _read()["questions"])


@dataclass(frozen=True)
class Finding:
    """What was found that a rule may ask about. `tenths`: how many in ten; the rest fills the question."""

    tenths: int = 10
    share: str = ""
    agency: str = ""
    names: str = ""


def asked(findings: Mapping[str, Finding]) -> list[tuple[Question, str]]:
    """The questions that follow from what was found, each with its rule, in the rules' order."""
    return [
        (one, one.asks.format(share=found.share, agency=found.agency, names=found.names))
        for one in questions()
        if (found := findings.get(one.finding)) is not None and found.tenths >= one.tenths
    ]


def every_event() -> tuple[str, ...]:
    """Kinds of events that places and localities are profiled by."""
    return tuple(_read()["events"])


def help_events() -> tuple[str, ...]:
    """Kinds of events that tell of help."""
    return tuple(_read()["help"])


@cache
def _read() -> dict:  # type: ignore[type-arg]
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))
