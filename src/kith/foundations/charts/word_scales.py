"""How far along a scale of words each name stands, once or twice: drawn in steps, told in words, never in numbers."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from kith.foundations.charts.canvas import Canvas, wide
from kith.foundations.charts.picture import NARROW, WIDE, Picture
from kith.foundations.charts.tables import Table

LINE, THICK, BETWEEN = 18.0, 22.0, 16.0


@dataclass(frozen=True)
class WordSeries:
    """For each name of the chart its words, and at which step they stand: 0 the lowest, None outside the scale."""

    name: str
    words: tuple[str, ...]
    steps: tuple[int | None, ...]


@dataclass(frozen=True)
class WordScales(Picture):
    """One or two series over the same `names`; `most` is the highest step. Raises ValueError."""

    title: str
    sentence: str
    names: tuple[str, ...]
    series: tuple[WordSeries, ...]
    most: int
    what: str = "Name"

    def __post_init__(self) -> None:
        if not self.names or not 1 <= len(self.series) <= 2 or self.most < 1:
            raise ValueError("A scale of words shows one or two series over at least one name.")
        for one in self.series:
            if len(one.words) != len(self.names) or len(one.steps) != len(self.names):
                raise ValueError("Each series has words and a step for each name.")
            if any(step is not None and not 0 <= step <= self.most for step in one.steps):
                raise ValueError("A step lies outside the scale.")

    def drawn(self, *, narrow: bool) -> Canvas:
        width = NARROW if narrow else WIDE
        longest = max(wide(words) for one in self.series for words in one.words)
        track = max(60.0, min(width - longest - 12, 420.0))
        named = [textwrap.wrap(name, 36 if narrow else 80) or [""] for name in self.names]
        block = THICK * len(self.series) + BETWEEN
        height = sum(LINE * len(lines) + block for lines in named)
        canvas = Canvas(width, height, title=self.title, description=self.description())
        y = 0.0
        for at, lines in enumerate(named):
            for line in lines:
                y += LINE
                canvas.text("strong", 0, y - 4, line)
            for number, one in enumerate(self.series, 1):
                self._bar(canvas, number, one.steps[at], one.words[at], y, track)
                y += THICK
            y += BETWEEN
        return canvas

    def _bar(self, canvas: Canvas, number: int, step: int | None, words: str, y: float, track: float) -> None:
        piece = track / self.most
        for place in range(self.most):
            role = f"bar-{number}" if step is not None and place < step else "cell"
            canvas.rect(role, piece * place + 1, y + 3, piece - 3, THICK - 7)
        canvas.text("text", track + 6, y + THICK - 7, words)

    def description(self) -> str:
        """For those who hear the picture."""
        kinds = " and ".join(one.name.lower() for one in self.series)
        return f"Scales of words for {kinds}, by {self.what.lower()}. {self.sentence} The table tells each in words."

    def table(self) -> Table:
        rows = [(name, *(one.words[at] for one in self.series)) for at, name in enumerate(self.names)]
        return Table(self.title, (self.what, *(one.name for one in self.series)), tuple(rows))
