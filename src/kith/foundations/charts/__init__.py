"""Pictures of numbers, drawn on the server as SVG: no script, no style attribute, each with its table beside it."""

from kith.foundations.charts.bars import Bars, BarSeries
from kith.foundations.charts.calendar import Calendar, Span
from kith.foundations.charts.funnel import Funnel, Step
from kith.foundations.charts.line import Level, Line, Point, Series, Signal
from kith.foundations.charts.numbers import NOT_SHOWN, Cell, Hidden, Shape, Value, guarded, told, written
from kith.foundations.charts.picture import Picture
from kith.foundations.charts.sparkline import Sparkline
from kith.foundations.charts.tables import Table
from kith.foundations.charts.week_grid import WeekGrid
from kith.foundations.charts.word_scales import WordScales, WordSeries

__all__ = [
    "NOT_SHOWN",
    "BarSeries",
    "Bars",
    "Calendar",
    "Cell",
    "Funnel",
    "Hidden",
    "Level",
    "Line",
    "Picture",
    "Point",
    "Series",
    "Shape",
    "Signal",
    "Span",
    "Sparkline",
    "Step",
    "Table",
    "Value",
    "WeekGrid",
    "WordScales",
    "WordSeries",
    "guarded",
    "told",
    "written",
]
