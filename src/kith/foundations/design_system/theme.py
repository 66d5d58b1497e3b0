"""The partnership's one colour, and what follows from it: whatever colour is chosen, words on it can be read.

Contrast is WCAG 2.2's ratio of relative luminances, 1 to 21; ordinary text needs 4.5.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

ENOUGH = 4.5
PAPER, DARK_PAPER = "#ffffff", "#1b1e1f"
SURFACE, DARK_SURFACE = "#f5f2ed", "#363c3d"


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`."""

    colour: str
    on_colour: str
    link: str
    link_hover: str
    link_dark: str

    def css(self) -> str:
        """The served stylesheet: custom properties only."""
        return (
            f":root{{--kith-partnership:{self.colour};--kith-on-partnership:{self.on_colour};"
            f"--kith-link:{self.link};--kith-link-hover:{self.link_hover};--kith-action:{self.link};"
            f"--kith-action-hover:{self.link_hover};--kith-link-dark:{self.link_dark}}}\n"
            "@media screen and (prefers-color-scheme:dark){:root{"
            "--kith-link:var(--kith-link-dark);--kith-action:var(--kith-link-dark);"
            "--kith-link-hover:#fff;--kith-action-hover:#fff}}\n"
            "@media print{:root{--kith-link:#000}}\n"
        )


def theme_of(colour: str) -> Theme:
    """The theme that follows from `colour` (`#rrggbb`). Raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"The partnership's colour must be written like #0b5c63, not {colour!r}.")
    link = _moved_until_read(colour.lower(), SURFACE, -0.02)
    return Theme(
        colour=colour.lower(),
        on_colour=max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour)),
        link=link,
        link_hover=_lightened(link, -0.1),
        link_dark=_moved_until_read(colour.lower(), DARK_SURFACE, 0.02),
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio between two colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _lightened(colour: str, by: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    moved = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness + by)), saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in moved)


def _moved_until_read(colour: str, ground: str, step: float) -> str:
    """The nearest shade of `colour` that can be read on `ground`; black or white at the end of the way."""
    shade = colour
    for _ in range(int(1 / abs(step)) + 1):
        if contrast(shade, ground) >= ENOUGH:
            break
        shade = _lightened(shade, step)
    return shade
