"""Pictures hold what their tables hold, say nothing that a strict policy refuses, and stay readable when narrow."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kith.foundations.charts import (
    NOT_SHOWN,
    Bars,
    BarSeries,
    Calendar,
    Funnel,
    Level,
    Line,
    Picture,
    Point,
    Series,
    Step,
    Table,
    WeekGrid,
    told,
)
from kith.foundations.charts.examples import bars, examples, lines, process, week
from kith.foundations.charts.roles import ROLES
from kith.foundations.charts.scales import scale_of, spread

PICTURES = {f"{number}-{type(picture).__name__}": picture for number, picture in enumerate(examples())}
EVERY = [(name, narrow, standalone) for name in PICTURES for narrow in (False, True) for standalone in (False, True)]
STYLES = Path(__file__).parents[5] / "assets" / "styles" / "_charts.scss"


def texts(picture: Picture, *, narrow: bool = False) -> list[str]:
    return [
        one.text or "" for one in ElementTree.fromstring(picture.svg(narrow=narrow)).iter() if one.tag.endswith("text")
    ]


@pytest.mark.parametrize(("name", "narrow", "standalone"), EVERY)
def test_nothing_that_a_strict_policy_refuses(name: str, narrow: bool, standalone: bool) -> None:
    root = ElementTree.fromstring(PICTURES[name].svg(narrow=narrow, standalone=standalone))
    assert root.get("role") == "img"
    assert [one.tag.split("}")[1] for one in root][:2] == ["title", "desc"]
    for one in root.iter():
        assert one.tag.split("}")[1] in {"svg", "title", "desc", "rect", "path", "circle", "text"}
        assert not {"style", "id"} & set(one.attrib)
        assert not [name for name in one.attrib if name.startswith("on")]
        assert ("class" in one.attrib) is (not standalone and one.tag.split("}")[1] not in {"title", "desc"})


@pytest.mark.parametrize(("name", "narrow"), [(name, narrow) for name in PICTURES for narrow in (False, True)])
def test_all_words_lie_within_the_picture(name: str, narrow: bool) -> None:
    words_lie_within(PICTURES[name], narrow=narrow)


def words_lie_within(picture: Picture, *, narrow: bool) -> None:
    root = ElementTree.fromstring(picture.svg(narrow=narrow, standalone=True))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for one in (each for each in root.iter() if each.tag.endswith("text")):
        long = len(one.text or "") * float(one.get("font-size", 0)) * 0.5
        start = float(one.get("x", 0)) - {"start": 0, "middle": long / 2, "end": long}[one.get("text-anchor", "start")]
        assert -2 <= start <= start + long <= width + 2, one.text
        assert 0 < float(one.get("y", 0)) <= height, one.text


@pytest.mark.parametrize("name", PICTURES)
def test_type_is_never_too_small_on_a_phone(name: str) -> None:
    root = ElementTree.fromstring(PICTURES[name].svg(narrow=True, standalone=True))
    assert float(root.get("width", 0)) <= 290, "it would be shrunk between the margins of a phone"
    assert min([float(one.get("font-size", 99)) for one in root.iter() if one.tag.endswith("text")], default=99) >= 12


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_picture_is_drawn_the_same_and_cannot_be_changed(name: str) -> None:
    picture = PICTURES[name]
    assert picture.svg() == replace(picture).svg()  # type: ignore[type-var]
    with pytest.raises(FrozenInstanceError):
        picture.title = "other"


def test_a_stylesheet_says_how_every_role_looks() -> None:
    styles = STYLES.read_text(encoding="utf-8").replace(
        "shade-#{$level}", " ".join(f".kith-chart__shade-{n}" for n in range(6))
    )
    assert [role for role in ROLES if not re.search(rf"\.kith-chart__{role}\b", styles)] == []
    shades = re.findall(r"--kith-chart-(concern|improvement|neutral|usual): (#\w+);", styles)
    for signal, colour in shades[:4]:
        assert ROLES[signal]["fill"] == colour


def test_the_table_of_a_line_holds_every_value_and_what_it_shows() -> None:
    read = list(csv.DictReader(io.StringIO(process().csv())))
    assert [row["Letters"] for row in read] == [str(point.value) for point in process().series[0].points]
    assert read[14] == {"Month": "Mar 26", "Letters": "62", "What it shows": "outside the limits"}


def test_long_names_stay_within_the_picture() -> None:
    name = "A name that is much longer than anybody should ever have given to a line of a picture, but did"
    long = replace(lines(), series=tuple(replace(one, name=name + str(at)) for at, one in enumerate(lines().series)))
    for narrow in (False, True):
        words_lie_within(long, narrow=narrow)
    named = replace(bars(), names=(name, "b", "c"), series=tuple(replace(one, name=name) for one in bars().series))
    for narrow in (False, True):
        words_lie_within(named, narrow=narrow)


def test_signals_are_shapes_with_words_beside_them() -> None:
    said = texts(process())
    assert "a change that is a concern" in said
    assert "an improvement" in said
    assert "a change, neither better nor worse" not in said
    assert process().svg().count('class="kith-chart__concern"') == 2  # the point and its key


def test_every_line_and_level_is_named_beside_it() -> None:
    for narrow in (False, True):
        said = " | ".join(texts(lines(), narrow=narrow))
        assert "North" in said
        assert "Target 85%" in said


def test_a_line_that_ends_early_says_when() -> None:
    """Beside the newest month, which is not shown, an older number would pass for it."""
    points = (Point("Aug", 4), Point("Sep", 7), Point("Oct", NOT_SHOWN))
    said = texts(Line("t", "s", (Series("a", points),)))
    assert "7 in Sep" in said
    assert "7" not in said


def test_a_number_that_is_not_shown_is_in_no_form_told() -> None:
    chart = Bars("Title", "", ("a long name of one", "another"), (BarSeries("Number", (3, 40)),))
    kept = replace(chart, series=(BarSeries("Number", (NOT_SHOWN, 40)),))
    assert "not shown" in texts(kept)
    assert kept.svg() == replace(kept).svg()
    assert kept.csv().splitlines()[1] == "a long name of one,not shown: small number"
    drawn = {replace(chart, series=(BarSeries("Number", (NOT_SHOWN, 40)),)).svg() for _ in (1, 2, 3)}
    assert len(drawn) == 1


def test_the_totals_of_a_week_give_no_hidden_cell_away() -> None:
    whole = week()
    assert whole.table().columns[-1] == "All week"
    assert whole.table().rows[-1][-1] == sum(sum(day) for day in whole.cells)  # type: ignore[arg-type,misc]
    cells = ((NOT_SHOWN, *whole.cells[0][1:]), *whole.cells[1:])
    hidden = replace(whole, cells=cells)
    assert hidden.table().columns[-1] == "Sunday"
    assert len(hidden.table().rows) == 24
    assert "slanting lines: not shown" in texts(hidden)


def test_each_cell_of_a_week_holds_its_number() -> None:
    for narrow in (False, True):
        said = texts(week(), narrow=narrow)
        for number in ("24", "25", "26", "27", "28"):
            assert number in said


def test_a_funnel_tells_the_share_of_the_step_before() -> None:
    steps = (Step("one", 200), Step("two", 50), Step("three", NOT_SHOWN), Step("four", 5))
    table = Funnel("Title", "", steps).table()
    assert [row[2] for row in table.rows] == [None, 25.0, NOT_SHOWN, NOT_SHOWN]
    assert "two (25% of these)" in texts(Funnel("Title", "", steps))


@pytest.mark.parametrize("bad", ["<b>x</b>", '"x" & y', "\x00\x1f", "=1+1", "\ud800"])
def test_text_is_text(bad: str) -> None:
    point = Point(bad, 1)
    for picture in (
        Line(bad, bad, (Series(bad, (point, Point("x", 2))),), (Level(bad, 1.0, "mean"),)),
        Bars(bad, bad, (bad,), (BarSeries(bad, (1,)),)),
    ):
        root = ElementTree.fromstring(picture.svg())
        assert not [one for one in root.iter() if one.tag.endswith("}b")]
        assert not [cell for row in csv.reader(io.StringIO(picture.csv())) for cell in row if cell[:1] == "="]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="same times"):
        Line("t", "", (Series("a", (Point("x", 1),)), Series("b", (Point("y", 1),))))
    with pytest.raises(ValueError, match="below nothing"):
        Bars("t", "", ("a",), (BarSeries("n", (-1,)),))
    with pytest.raises(ValueError, match="seven days"):
        WeekGrid("t", "", ((1, 2, 3),))
    with pytest.raises(ValueError, match="outside"):
        Calendar("t", "", date(2026, 1, 1), date(2026, 12, 31), ((date(2025, 1, 1), 1),))
    with pytest.raises(ValueError, match="cells"):
        Table("t", ("a", "b"), (("x",),))


def test_scales_begin_at_nothing_and_end_beyond_the_largest() -> None:
    scale = scale_of([3, 47], 100, 0, whole=True)
    assert (scale.ticks[0], scale.ticks[-1]) == (0, 50)
    assert scale.at(0) == 100
    assert scale.at(50) == 0
    assert scale_of([0], 0, 10).ticks[-1] >= 1
    assert scale_of([1, 2], 0, 10, whole=True).ticks == (0, 1, 2)
    assert min(scale_of([-3.0, 2.0], 0, 10).ticks) <= -3


def test_labels_that_would_cover_each_other_move_apart() -> None:
    placed = spread([10, 11, 50], 17, 0, 100)
    assert placed[1] - placed[0] >= 17
    assert placed[2] == 50
    assert spread([95, 96, 97], 10, 0, 100) == [80, 90, 100]


@pytest.mark.parametrize(
    ("cell", "unit", "words"),
    [
        (1385, "", "1,385"),
        (24.25, "%", "24.2%"),
        (3, "days", "3 days"),
        (NOT_SHOWN, "%", "not shown: small number"),
        (None, "", ""),
        (4.0, "", "4"),
    ],
)
def test_numbers_in_words(cell: object, unit: str, words: str) -> None:
    assert told(cell, unit) == words  # type: ignore[arg-type]


def test_a_column_says_how_its_numbers_are_written() -> None:
    shapes = ("", "", "signed", "signed percent")
    table = Table(
        "t", ("a", "b", "c", "d"), (("x", 1115, 67, 6.4), ("y", 2, -2, -8.0), ("z", 0, 0, NOT_SHOWN)), "", shapes
    )
    assert [row[1:] for row in table.told()] == [
        ["1,115", "+67", "+6.4%"],
        ["2", "-2", "-8.0%"],
        ["0", "0", "not shown: small number"],
    ]


def test_a_picture_of_one_point_or_none_can_be_drawn() -> None:
    alone = Line("t", "s", (Series("a", (Point("Jan", 5),)),))
    assert "5" in " ".join(texts(alone))
    hidden = Line("t", "s", (Series("a", (Point("Jan", NOT_SHOWN), Point("Feb", None))),))
    assert "hatch" in hidden.svg()
    assert bars().svg().count("kith-chart__hatch") > 3
