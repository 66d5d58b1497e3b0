"""Names for invented people, and the ways real offices write them down."""

from functools import cache
from importlib.resources import files

from kith.demo.chance import Rng, Texts, falling, pick, texts

ERAS = ("young", "middle", "old")


def _lines(name: str) -> list[tuple[str, list[str]]]:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    pairs = [line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return [(head.strip(), tail.split()) for head, tail in pairs]


@cache
def first_names(community: str, sex: str, era: str) -> tuple[str, ...]:
    """First names of a community for a sex and era; an era it lacks falls back to the one before."""
    table = {head: tuple(names) for head, names in _lines("first_names.txt")}
    for fallback in ERAS[ERAS.index(era) :: -1]:
        found = table.get(f"{community} {sex} {fallback}")
        if found:
            return found
    return table[f"british {sex} {era}"]


@cache
def surnames(community: str) -> tuple[str, ...]:
    """Surnames of a community, commonest first."""
    table = dict(_lines("surnames.txt"))
    names = list(table[community])
    if community == "british":
        names += _made_surnames(table["beginnings"], table["endings"])
    return tuple(names)


def _made_surnames(beginnings: list[str], endings: list[str]) -> list[str]:
    return [start + end for end in endings for start in beginnings if start[-1] != end[0]]


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """First name to what the person is called."""
    return {head: tuple(names) for head, names in _lines("nicknames.txt")}


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Name to other ways it gets written."""
    return {head: tuple(names) for head, names in _lines("spellings.txt")}


def some_first_names(rng: Rng, community: str, sex: str, era: str, count: int) -> Texts:
    """First names, commoner ones likelier."""
    names = first_names(community, sex, era)
    return pick(rng, names, count, list(falling(len(names), 0.45)))


def some_surnames(rng: Rng, community: str, count: int) -> Texts:
    """Surnames, commoner ones likelier."""
    names = surnames(community)
    return pick(rng, names, count, list(falling(len(names), 0.55)))


def names_for(rng: Rng, community: Texts, sex: Texts, era: Texts) -> Texts:
    """A first name for each person by community, sex and era."""
    out = texts([None] * len(community))
    groups = community.astype(str) + "|" + sex.astype(str) + "|" + era.astype(str)
    for group in sorted(set(groups.tolist())):
        here = groups == group
        one, its_sex, its_era = group.split("|")
        out[here] = some_first_names(rng, one, its_sex, its_era, int(here.sum()))
    return out


def surnames_for(rng: Rng, community: Texts) -> Texts:
    """A surname for each person by community."""
    out = texts([None] * len(community))
    for group in sorted(set(community.tolist())):
        here = community == group
        out[here] = some_surnames(rng, group, int(here.sum()))
    return out
