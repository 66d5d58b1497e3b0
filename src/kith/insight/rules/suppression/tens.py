"""Numbers of problem profiles: told in tens, so that no sum, difference or second profile gives a small one away.

A profile of a place, of a theme and of a locality hold numbers of the same events, in windows that overlap. To hide one
number for another's sake in one profile would be undone by the next. So every number is told by itself alone, always
in the same way: "fewer than 10" (none too), "10 to 19", "20 to 29". Each ten begins with a nought and ends with a nine,
so whatever is worked out from one whole without its parts ends with a nine too, and says no more than "fewer than 10".
For that it must not be seen that a small group is there at all: lines list the same groups every time, or only those
of ten and more. A number that few children stand behind is not told, however large it is.

As somebody may know a whole exactly from elsewhere, a small number and one more of its line are not told where the
whole would narrow it down. Hours of the week are told in fives, by the same reasoning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kith.insight.rules.suppression.lines import ROOM, smallest_first
from kith.insight.rules.suppression.numbers import Number, Settings

TEN, FIVE = 10, 5  # groups are told in tens, hours of the week in fives
USUAL = Settings()
TOO_FEW = "too few to say"
ENOUGH_FOR_SHARES = 20
SAME = 10  # per cent either way that are told as "about the same"


@dataclass(frozen=True)
class Told:
    """What is told of a number: that it lies between `least` and `most`; without `most` it is not shown."""

    least: int
    most: int | None

    @property
    def is_shown(self) -> bool:
        return self.most is not None

    @property
    def is_few(self) -> bool:
        """Whether it is fewer than its first ten, or none."""
        return self.least == 0 and self.most is not None

    @property
    def middle(self) -> float:
        """For shares and changes, which are worked out from what is told and from nothing else."""
        return (self.least + (self.most or self.least)) / 2

    @property
    def words(self) -> str:
        if self.most is None:
            return "not shown: small number"
        return f"fewer than {self.most + 1}" if self.is_few else f"{self.least:,} to {self.most:,}"


NOT_TOLD = Told(0, None)


def in_tens(number: Number, settings: Settings = USUAL, by: int = TEN) -> Told:
    """A number as it is told, whichever table and profile it stands in."""
    few = number.children is not None and number.count >= by and settings.is_small(number.children)
    least = number.count // by * by
    return NOT_TOLD if few else Told(least, least + by - 1)


def line_in_tens(groups: Mapping[str, Number], settings: Settings = USUAL) -> dict[str, Told]:
    """The groups of one whole; also safe from whoever knows the whole exactly from elsewhere."""
    told = {group: in_tens(number, settings) for group, number in groups.items()}
    over = {group: groups[group].count - words.least for group, words in told.items()}
    small = [
        group
        for group, number in groups.items()
        if number.count and settings.is_small(number.count) and sum(over.values()) - over[group] < ROOM
    ]
    if not small:
        return told
    counts = {group: number.count for group, number in groups.items()}
    enough = [group for group, words in told.items() if words.is_few]
    return told | dict.fromkeys([*small, *smallest_first(counts, enough)[:1]], NOT_TOLD)


def tenths(part: Told, whole: Told) -> int | None:
    """About how many in ten, from what is told; None where that is too little to say."""
    if not part.is_shown or not whole.is_shown or whole.least < ENOUGH_FOR_SHARES or part.is_few:
        return None
    return min(10, round(10 * part.middle / whole.middle))


def share_words(part: Told, whole: Told) -> str:
    """A share in words: "about 4 in 10", "fewer than 5 in 10", "none"."""
    if not part.is_shown or not whole.is_shown:
        return NOT_TOLD.words
    if whole.least < ENOUGH_FOR_SHARES:
        return TOO_FEW
    if part.is_few:
        return f"fewer than {-(-10 * (part.most or 0) // whole.least)} in 10"
    found = tenths(part, whole) or 0
    return {0: "fewer than 1 in 10", 10: "nearly all"}.get(found, f"about {found} in 10")


def change_words(now: Told, before: Told) -> str:
    """How a number changed, from what is told of both."""
    if not now.is_shown or not before.is_shown:
        return NOT_TOLD.words
    if max(now.least, before.least) < ENOUGH_FOR_SHARES:
        return TOO_FEW
    if before.least < TEN:
        return "more"
    change = round(10 * (now.middle / before.middle - 1)) * 10
    if abs(change) < SAME or now == before:
        return "about the same"
    return f"about {abs(change)}% {'more' if change > 0 else 'fewer'}"


def is_more(now: Told, before: Told) -> bool:
    """Whether what is told says that there are clearly more."""
    return change_words(now, before).endswith("more")
