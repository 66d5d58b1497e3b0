"""Whatever colour a partnership chooses, its pages can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.design_system.theme import DARK_SURFACE, ENOUGH, PAPER, SURFACE, contrast, theme_of

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_as_wcag_defines_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_every_colour_gives_readable_pages(colour: str) -> None:
    theme = theme_of(colour)
    assert contrast(theme.on_colour, theme.colour) >= ENOUGH
    assert contrast(theme.link, SURFACE) >= ENOUGH
    assert contrast(theme.link, PAPER) >= ENOUGH
    assert contrast(theme.link_dark, DARK_SURFACE) >= ENOUGH


def test_a_dark_enough_colour_is_left_as_it_was_chosen() -> None:
    assert theme_of("#0b5c63").link == "#0b5c63"


@pytest.mark.parametrize("wrong", ["teal", "#fff", "#0b5c63;}body{display:none", ""])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="must be written like"):
        theme_of(wrong)
