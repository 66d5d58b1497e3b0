"""What is missing from a problem profile: by field, by agency, by ethnicity; and what is to be asked about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kith.foundations.charts import Table
from kith.foundations.papers import Bullets, Heading, Part, Words
from kith.insight.presenters.profiles_parts import NOT_LISTED, Source, in_words, number, numbers, run_words
from kith.insight.rules.measures import GROUPS
from kith.insight.rules.profiles import Finding
from kith.insight.rules.suppression import Number
from kith.insight.rules.suppression.tens import TEN, Told, change_words, in_tens, is_more, line_in_tens, share_words
from kith.insight.rules.suppression.tens import tenths as about_tenths

FIELDS = {
    "time": "Time of day",
    "place": "Public place",
    "outcome": "What came of it",
    "what": "What it was",
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
}
NONE = in_tens(Number(0))


def tables(source: Source) -> Iterator[Part]:
    """Fields, then agencies, then ethnicity; then who is silent."""
    found = source.numbers["gaps"]
    yield Heading("By field", 2)
    yield _by_field(found["all"])
    for by, head, named in (
        ("agency", "By agency", in_words),
        ("ethnicity", "By ethnicity", lambda key: GROUPS["ethnicity"].get(key, in_words(key))),
    ):
        yield Heading(head, 2)
        yield from _by_group(found[by], head, named)
    yield Heading("Feeds and agencies", 2)
    yield Bullets(tuple(_silences(source)))


def _by_field(found: Mapping[str, Any]) -> Table:
    rows = []
    for field, title in FIELDS.items():
        whole, part = (in_tens(number(found[field][of].get("", [0, None]))) for of in ("of", "missing"))
        rows.append((title, part.words, whole.words, share_words(part, whole)))
    note = "Of events; age, sex and ethnicity of young people, each once for each event."
    return Table("Not recorded, by field", ("Field", "Not recorded", "Of", "Share"), tuple(rows), notes=(note,))


def _by_group(found: Mapping[str, Any], head: str, named: Any) -> Iterator[Part]:
    wholes = {field: line_in_tens(numbers(one["of"])) for field, one in found.items()}
    parts = {field: line_in_tens(numbers(one["missing"])) for field, one in found.items()}
    groups = sorted({group for told in wholes.values() for group, one in told.items() if one.least >= TEN})
    if not groups:
        yield Words("None has ten events in the period.")
        return
    rows = tuple((named(group), *(_share(parts[field], wholes[field], group) for field in found)) for group in groups)
    columns = (head.removeprefix("By ").capitalize(), *(FIELDS[field] for field in found))
    yield Table(f"Share not recorded, {head.lower()}", columns, rows, notes=(NOT_LISTED,))


def _share(parts: Mapping[str, Told], wholes: Mapping[str, Told], group: str) -> str:
    return share_words(parts.get(group, NONE), wholes.get(group, NONE))


def _silences(source: Source) -> Iterator[str]:
    feeds = source.numbers["feeds"]
    yield f"Feeds that were silent when the cut was taken: {', '.join(feeds['silent']) or 'none'}."
    quiet = ", ".join(_quiet(source)) or "none"
    yield f"Agencies that send feeds, and told of fewer than ten such events in the period: {quiet}."


def _quiet(source: Source) -> list[str]:
    """Nothing, or so little that it must not be seen whether it is anything."""
    told = line_in_tens(numbers(source.numbers["gaps"]["agency"]["time"]["of"]))
    loud = {agency for agency, one in told.items() if one.least >= TEN}
    return [in_words(one) for one in source.numbers["feeds"]["agencies"] if one not in loud]


def findings(source: Source) -> dict[str, Finding]:
    """What the published rules look at, from what is told and nothing else."""
    feeds, found = source.numbers["feeds"], {"always": Finding()}
    found |= {f"gap:{field}": gap for field in FIELDS if (gap := _gap(source, field))}
    if feeds["silent"]:
        found["silent"] = Finding(names=", ".join(feeds["silent"]))
    if quiet := _quiet(source):
        found["quiet"] = Finding(names=", ".join(quiet))
    if words := run_words(source):
        found["hours"] = Finding(names=words.split(" events are ")[1].split(":")[0])
    if is_more(source.total, source.before):
        found["more"] = Finding(names=change_words(source.total, source.before))
    if all(in_tens(number(one)).least < TEN for one in source.numbers["help"]["kinds"].values()):
        found["no-help"] = Finding()
    if not source.numbers["works"]:
        found["not-tried"] = Finding()
    return found


def _gap(source: Source, field: str) -> Finding | None:
    all_of_it = source.numbers["gaps"]["all"][field]
    whole, part = (in_tens(number(all_of_it[of].get("", [0, None]))) for of in ("of", "missing"))
    tenths = about_tenths(part, whole)
    if tenths is None:
        return None
    return Finding(tenths, share_words(part, whole), _most_missing(source.numbers["gaps"]["agency"][field]))


def _most_missing(found: Mapping[str, Any]) -> str:
    """The agency that leaves most of them out, as far as that is told."""
    wholes, parts = line_in_tens(numbers(found["of"])), line_in_tens(numbers(found["missing"]))
    told = [(parts[one].least, one) for one in parts if parts[one].least >= TEN and wholes[one].is_shown]
    return in_words(max(told)[1]) if told else "each agency"
