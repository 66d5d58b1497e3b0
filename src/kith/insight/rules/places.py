"""What may be asked of places, and what may be said of them: themes, windows, minimum counts."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM = 5  # events, and children behind them, below which nothing is said of a hexagon or a place
ROUNDED_TO = 5  # numbers of hexagons are rounded, so that subtracting one from another tells nothing exact
WINDOWS = {12: "the last twelve months", 24: "the last two years", 36: "the last three years"}
FEW, NONE = "fewer than 5", "none"


@dataclass(frozen=True)
class Theme:
    """Events of some kinds that are told of a public place."""

    key: str
    title: str
    kinds: tuple[str, ...]
    about: str  # what a number of it means, and what it does not


THEMES = {
    theme.key: theme
    for theme in (
        Theme(
            "harm",
            "Harm outside the home",
            ("outside-home-contact", "partner-report"),
            "What agencies were told of, where it was said to have happened. Where people report more, there is more.",
        ),
        Theme(
            "victims",
            "Crimes against young people",
            ("crime-victim",),
            "Crimes that were recorded. Many are never told to the police.",
        ),
        Theme(
            "suspected",
            "Crimes in which a young person is suspected",
            ("crime-suspect",),
            "Where police look, they record more. A child who is suspected may be exploited.",
        ),
        Theme(
            "missing",
            "Missing: where children were last seen or found",
            ("missing-episode",),
            "Only episodes of which somebody knows a place.",
        ),
        Theme(
            "complaints",
            "Complaints of nuisance",
            ("nuisance-complaint",),
            "Complaints tell where people mind, not where children are harmed.",
        ),
        Theme(
            "searches",
            "Stops and searches",
            ("stop-search",),
            "What officers did, not what children did. Read it beside the figures by ethnicity.",
        ),
        Theme(
            "ambulances",
            "Ambulances called to young people",
            ("ambulance-call",),
            "Told by the ambulance service whether or not the police were called.",
        ),
    )
}
EVERY_KIND = tuple(dict.fromkeys(kind for theme in THEMES.values() for kind in theme.kinds))
KEPT_IN = "places"  # beside a cut: what was worked out of it, a file a choice
AGAINST = {"even": "an even spread over the area", "recorded": "what is recorded there of every kind"}


@dataclass(frozen=True)
class Choice:
    """What may be asked of the places of a cut: a theme, whole months back, and what to compare with."""

    theme: str
    months: int
    against: str

    @property
    def key(self) -> str:
        return f"{self.theme}-{self.months}-{self.against}"


def every_choice() -> list[Choice]:
    """All that can be asked, what is shown first before the rest."""
    return [Choice(theme, months, against) for against in AGAINST for months in WINDOWS for theme in THEMES]


def may_be_told(events: int, children: int) -> bool:
    """Whether a number is large enough: the events, and the children behind them where it is known who they are."""
    return events >= MINIMUM and not 0 < children < MINIMUM


def in_words(events: int, children: int) -> str:
    """A number as it may be told of a hexagon: none, fewer than 5, about 15."""
    if events == 0:
        return NONE
    return f"about {rounded(events)}" if may_be_told(events, children) else FEW


def rounded(events: int) -> int:
    """To the nearest five, and never to nothing."""
    return max(ROUNDED_TO, ROUNDED_TO * ((events + ROUNDED_TO // 2) // ROUNDED_TO))
