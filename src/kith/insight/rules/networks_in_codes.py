"""Networks of a cut: everybody is a code. A code is also a number, the same in every cut, for addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST = 12
STEPS = (1, 2)
FEWEST_PEOPLE = 5  # a smaller community is not described: whoever knows one of them would know the others
NO_WORDS = "A cut holds no words. Whoever may read the records finds the sentences there."
WRITTEN_LATE = "A link may have appeared because it was written down late, and be gone because nobody looked again."
BIASED = (
    "Links nobody wrote down would join or part communities; who is watched more has more links, and looks more "
    "central than they are. Nothing here says who matters to whom."
)


def number_of(code: str) -> int:
    """The number of a code. Raises ValueError for what cannot be a code."""
    if not code or len(code) > LONGEST or code[0] == "0" or not set(code) <= set(LETTERS):
        raise ValueError("This is not a code of a cut.")
    number = 0
    for letter in code:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def code_of(number: int) -> str:
    """The code of a number."""
    letters = ""
    while number:
        number, left = divmod(number, len(LETTERS))
        letters = LETTERS[left] + letters
    return letters


@dataclass(frozen=True)
class Within:
    """What is known of the links within one community, as a group."""

    people: int
    groups: int
    places: int
    links: int
    outward: int
    single: int
    kinds: Mapping[str, int]  # in words, how many links
    sources: Mapping[str, int]
    sure: str
    begin_from: tuple[tuple[str, str], ...] = ()  # its places and groups: the code, and what it is

    @property
    def is_described(self) -> bool:
        return self.people >= FEWEST_PEOPLE


def in_sentences(one: Within) -> tuple[str, ...]:
    """A community described as a group, with how sure that is. Nobody in it is spoken of."""
    told = [f"{one.people} people, {_some(one.groups, 'group')} and {_some(one.places, 'place')}, "
            f"{_some(one.links, 'link')} among them and {one.outward} to others."]  # fmt: skip
    if one.kinds:
        most = Counter(one.kinds).most_common(3)
        told.append("What links them: " + ", ".join(f"{kind} ({count})" for kind, count in most) + ".")
    if one.links:
        told.append(f"{one.single} of these links {'rests' if one.single == 1 else 'rest'} on a single source.")
    total = sum(one.sources.values())
    source, count = max(sorted(one.sources.items()), key=lambda item: item[1], default=("", 0))
    if total and count * 2 >= total:
        told.append(f"Most of the evidence comes from {source}: it may be a group that {source} looks at.")
    told.append(f"How sure: it {one.sure}.")
    return tuple(told)


def _some(count: int, noun: str) -> str:
    return f"{'no' if count == 0 else count} {noun}{'' if count == 1 else 's'}"
