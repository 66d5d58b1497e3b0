"""The words a definition makes from a row's columns."""

import polars as pl
import pytest

from kith.linkage.feeds import writing
from kith.linkage.feeds.template import TemplateError, parse_template

ROWS = pl.DataFrame(
    {
        "place": ["Harbour Park", None],
        "grade": ["high", None],
        "on": ["2026-11-03T16:10:00", None],
        "all": ["a\x1fb", None],
    }
)


def made(how: pl.Expr) -> list[str | None]:
    return ROWS.select(how.alias("made"))["made"].to_list()


def test_words_stand_where_a_column_is_empty() -> None:
    sentence = writing.text(parse_template("Missing from {place|home}, graded {grade|not graded}"))
    assert made(sentence) == ["Missing from Harbour Park, graded high", "Missing from home, graded not graded"]


def test_an_empty_column_leaves_no_double_space() -> None:
    assert made(writing.text(parse_template("In {place} now"))) == ["In Harbour Park now", "In now"]


def test_a_date_is_written_out() -> None:
    assert made(writing.text(parse_template("since {on:date}"))) == ["since 3 November 2026", "since"]


def test_a_key_with_an_empty_column_is_no_key_unless_words_stand_in() -> None:
    assert made(writing.key(parse_template("{place}-{grade}"))) == ["Harbour Park-high", None]
    assert made(writing.key(parse_template("x-{grade|}"))) == ["x-high", "x-"]


def test_a_fact_is_empty_where_all_its_columns_are() -> None:
    assert made(writing.value(parse_template("{place} {grade}"))) == ["Harbour Park high", None]


def test_a_list_is_written_with_commas() -> None:
    assert made(writing.text(parse_template("{all}"))) == ["a, b", ""]


@pytest.mark.parametrize("wrong", ["{place", "place}", "{}", "{on:week}"])
def test_a_template_written_wrongly_is_refused(wrong: str) -> None:
    with pytest.raises(TemplateError):
        parse_template(wrong)
