"""What every picture has: its finding, one sentence, the drawing, and the table of all that is drawn."""

from __future__ import annotations

from abc import ABC, abstractmethod

from kith.foundations.charts.canvas import Canvas
from kith.foundations.charts.tables import Table

WIDE, NARROW = 680.0, 290.0  # a column of a page; a phone of 320 pixels between its margins


class Picture(ABC):
    """`title` is the finding ("Fewer children go missing"), `sentence` what it means; both come from whoever counts."""

    title: str
    sentence: str

    def svg(self, *, narrow: bool = False, standalone: bool = False) -> str:
        """The drawing; `narrow` for phones and tiles, `standalone` for documents and files."""
        return self.drawn(narrow=narrow).svg(standalone=standalone, narrow=narrow)

    def csv(self) -> str:
        """The table as a file."""
        return self.table().csv()

    @abstractmethod
    def drawn(self, *, narrow: bool) -> Canvas:
        """The marks, on a canvas as wide as `narrow` asks."""

    @abstractmethod
    def table(self) -> Table:
        """Every number of the picture."""
