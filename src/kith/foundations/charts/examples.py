"""One of each picture, for the gallery of components and for tests. The numbers are made up."""

from __future__ import annotations

from datetime import date, timedelta

from kith.foundations.charts.bars import Bars, BarSeries
from kith.foundations.charts.calendar import Calendar, Span
from kith.foundations.charts.funnel import Funnel, Step
from kith.foundations.charts.line import Level, Line, Point, Series, Signal
from kith.foundations.charts.numbers import NOT_SHOWN, Hidden
from kith.foundations.charts.picture import Picture
from kith.foundations.charts.sparkline import Sparkline
from kith.foundations.charts.week_grid import WeekGrid
from kith.foundations.charts.word_scales import WordScales, WordSeries

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = tuple(f"{month} {year}" for year in (25, 26) for month in NAMES)
COUNTS = (31, 28, 35, 30, 33, 29, 34, 32, 27, 36, 31, 30, 33, 35, 62, 28, 24, 23, 22, 21, 24, 20, 22, 19)


def examples() -> list[Picture]:
    """Every kind of picture."""
    small = Sparkline("Letters each month", "Fewer since May", _points(), name="Letters")
    return [process(), lines(), small, bars(), short_bars(), funnel(), week(), year(), scales()]


def _points() -> tuple[Point, ...]:
    words: dict[Signal, str] = {"concern": "outside the limits", "improvement": "one of a run below the mean", "": ""}
    signals: list[Signal] = ["concern" if at == 14 else "improvement" if at >= 16 else "" for at in range(len(COUNTS))]
    drawn = zip(MONTHS, COUNTS, signals, strict=True)
    return tuple(Point(label, value, signal, words[signal]) for label, value, signal in drawn)


def process() -> Line:
    """A process chart with limits and marked points."""
    levels = (Level("Mean", 31.2, "mean"), Level("Upper limit", 47.9, "limit"), Level("Lower limit", 14.5, "limit"))
    sentence = "March 2026 was unlike the months before it; since May there have been fewer than is usual."
    return Line("Fewer letters without an answer since May", sentence, (Series("Letters", _points()),), levels)


def lines() -> Line:
    """Two series with a target and numbers that are not shown."""
    one = tuple(Point(label, 60 + 1.3 * at) for at, label in enumerate(MONTHS[:12]))
    other = tuple(Point(label, NOT_SHOWN if at in (3, 4) else 71 - 0.9 * at) for at, label in enumerate(MONTHS[:12]))
    sentence = "The north answers more of its letters in time than it did; the south fewer."
    series = (Series("North", one), Series("South", other))
    return Line("Answered in time", sentence, series, (Level("Target", 85, "target"),), "%")


def bars() -> Bars:
    """Long names and two series lie on their sides."""
    names = ("Requests for advice, without those about opening hours", "Complaints", "Thanks and other letters")
    series = (BarSeries("Current", (422, 148, NOT_SHOWN)), BarSeries("Previous", (441, 180, 108)))
    return Bars("Fewer letters came", "Two of three kinds fell.", names, series, what="Kind")


def short_bars() -> Bars:
    """Short names stand."""
    series = (BarSeries("Letters", (12, 31, 44, 38, NOT_SHOWN)),)
    return Bars("Most come on Wednesday", "44 of 125 letters.", ("Mon", "Tue", "Wed", "Thu", "Fri"), series, what="Day")


def funnel() -> Funnel:
    """From a letter to its answer."""
    steps = (Step("Letters", 1385), Step("Read", 637), Step("Answered", 312), Step("Answered in a week", 201))
    return Funnel("Of ten letters, two have an answer", "Most wait to be read.", steps)


def week() -> WeekGrid:
    """Busiest in the afternoon."""
    cells = [[max(0, (day * 7 + hour * 5) % 9 - 5) for hour in range(24)] for day in range(7)]
    for day in range(5):
        cells[day][15] = 24 + day
    out = frozenset((day, 15) for day in range(5))
    whole: tuple[tuple[int | Hidden, ...], ...] = tuple(tuple(day) for day in cells)
    return WeekGrid("Busiest in the afternoon", "38% of letters come on weekdays between 3 and 4 pm.", whole, out)


def year() -> Calendar:
    """A year with holidays."""
    first, last = date(2025, 11, 1), date(2026, 10, 31)
    days = tuple((first + timedelta(days=step), (step * 7) % 5 + 1) for step in range(3, 360, 11))
    holidays = (
        Span(date(2025, 12, 20), date(2026, 1, 4), "Christmas"),
        Span(date(2026, 7, 22), date(2026, 9, 1), "Summer"),
    )
    return Calendar("Letters come in the holidays too", "33 days with letters.", first, last, days, holidays)


def scales() -> WordScales:
    """Two scales of words beside each other."""
    loud = WordSeries("Noise", ("Loud", "Not measured", "Hardly any"), (3, None, 1))
    light = WordSeries("Light", ("Dark", "Bright", "Dim"), (0, 3, 1))
    names = ("The reading room", "The garden", "The hall by the side entrance")
    return WordScales("Where to read", "The garden is bright.", names, (loud, light), 3, "Room")
