"""How big a partnership: the number of children sets everything else."""

from dataclasses import dataclass

TOWN_CHILDREN = 24_000  # children in Bristol's joined database in 2019 (strategy 2020-22)


@dataclass(frozen=True)
class Size:
    """`children` under 18; `busy` multiplies how often things happen, so that small towns still show each thing."""

    name: str
    children: int
    other_adults: int
    busy: float = 1.0

    @property
    def share(self) -> float:
        """This size as a share of the town, for yearly counts."""
        return self.children / TOWN_CHILDREN * self.busy

    def yearly(self, town_count: float, least: int = 1) -> int:
        """A yearly count known for the town, scaled to this size."""
        return max(least, round(town_count * self.share))


SIZES = {
    "tiny": Size("tiny", 200, 120, busy=4.0),
    "town": Size("town", TOWN_CHILDREN, 13_000),
    "county": Size("county", 10 * TOWN_CHILDREN, 130_000),
    # On paper: twelve million children are 500 towns, made one town at a time (see generate.py).
    "nation": Size("nation", 500 * TOWN_CHILDREN, 500 * 13_000),
}
YEARS = 2.5
