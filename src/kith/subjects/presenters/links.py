"""Links in words, each with its evidence; and who lives with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.access.rules import Tier
from kith.foundations.design_system import words
from kith.subjects.models import LinkEvidence
from kith.subjects.queries import SeenName
from kith.subjects.rules import EVIDENCE_GRADES, LINK_KINDS, Evidence, LinkSummary, Standing, sum_up_link

SECTIONS: dict[str, str] = {
    "family": "Family and household",
    "household": "Family and household",
    "peers": "Friends and peers",
    "group": "Groups",
    "place": "Places",
    "concern": "People there are worries about",
}
SECTIONS_OF: dict[str, dict[str, str]] = {
    "group": {"group": "Who spends time in it"},
    "place": {"place": "Who is linked with this place"},
}
NAMED_BY_SOURCE = frozenset({"family", "household", "place"})
RELATIONS = {
    ("parent-of", False): "parent",
    ("parent-of", True): "child",
    ("carer-of", False): "carer",
    ("carer-of", True): "cared for by this person",
}


@dataclass(frozen=True)
class NamedOther:
    """The other end of a link; with a subject where there is a page to open, in full or its headline."""

    name: str
    subject_id: int | None = None
    headline_only: bool = False


@dataclass(frozen=True)
class EvidenceShown:
    """Evidence in one sentence of one source: how firm, who says so, and each day it was so.

    `take_back`: the row that this viewer wrote and may take back, if it is theirs.
    """

    text: str
    grade: str
    source: str
    days: tuple[str, ...]
    take_back: int | None


@dataclass(frozen=True)
class LinkShown:
    """One link: what its evidence adds up to today."""

    other: NamedOther
    words: str
    strength: str
    standing: Standing
    seen: str
    drops_out: str
    evidence: tuple[EvidenceShown, ...]


@dataclass(frozen=True)
class Section:
    """Links of one sort: those that stand, and those that have dropped out."""

    title: str
    links: tuple[LinkShown, ...]
    dropped: tuple[LinkShown, ...]


@dataclass(frozen=True)
class LinkReader:
    """What showing links needs to know of the page."""

    kind: str
    viewer_id: int
    today: date
    source_names: Mapping[str, str]
    seen: Mapping[int, SeenName]


def show_sections(rows: Sequence[LinkEvidence], reader: LinkReader) -> tuple[Section, ...]:
    """Every link of a subject, by sort, the newest seen first."""
    titles = SECTIONS | SECTIONS_OF.get(reader.kind, {})
    by_title: dict[str, list[LinkShown]] = {title: [] for title in titles.values()}
    for group in _grouped(rows):
        by_title[titles[LINK_KINDS[group[0].kind].about]].append(_show_link(group, reader))
    return tuple(_section(title, links) for title, links in by_title.items() if links)


def _section(title: str, links: list[LinkShown]) -> Section:
    alive = tuple(link for link in links if link.standing != Standing.DROPPED)
    return Section(title, alive, tuple(link for link in links if link.standing == Standing.DROPPED))


def _grouped(rows: Sequence[LinkEvidence]) -> list[list[LinkEvidence]]:
    groups: dict[tuple[int, str, bool], list[LinkEvidence]] = {}
    for row in rows:
        kind = LINK_KINDS[row.kind]
        one_way = row.outward or kind.outward == kind.inward
        groups.setdefault((row.other_id, row.kind, one_way), []).append(row)
    return sorted(groups.values(), key=lambda group: max(evidence_of(row).as_of for row in group), reverse=True)


def evidence_of(row: LinkEvidence) -> Evidence:
    """What the rules need of a row."""
    return Evidence(
        source=row.feed or f"written by {row.written_by_id}",
        grade=row.grade,
        recorded_on=words.local_day(row.recorded_at),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        expires_on=row.expires_on,
    )


def _show_link(group: list[LinkEvidence], reader: LinkReader) -> LinkShown:
    row = group[0]
    kind = LINK_KINDS[row.kind]
    summary = sum_up_link(row.kind, [evidence_of(piece) for piece in group], reader.today)
    return LinkShown(
        other=name_other(row, reader.seen),
        words=kind.outward if row.outward else kind.inward,
        strength=summary.strength.value,
        standing=summary.standing,
        seen=_seen(summary),
        drops_out=words.short_day(summary.drops_out_on) if summary.drops_out_on else "",
        evidence=_show_evidence(group, reader),
    )


def name_other(row: LinkEvidence, seen: Mapping[int, SeenName]) -> NamedOther:
    """By name where the viewer may know the record, or where its own source names family, home or place.

    Anybody else stays "another person": a friend is not named to somebody who may not know their record.
    """
    known = seen.get(row.other_id)
    if known:
        return NamedOther(known.name, known.subject_id, known.tier == Tier.HEADLINE)
    if LINK_KINDS[row.kind].about in NAMED_BY_SOURCE:
        return NamedOther(row.other_name)
    return NamedOther("a group" if row.kind == "part-of" and row.outward else "another person")


def _seen(summary: LinkSummary) -> str:
    first, last = words.short_day(summary.first_seen), words.short_day(summary.last_seen)
    return f"as of {last}" if first == last else f"from {first} to {last}"


def _show_evidence(group: list[LinkEvidence], reader: LinkReader) -> tuple[EvidenceShown, ...]:
    """The same sentence of the same source on several days is one line with its days."""
    said: dict[tuple[str, str, str], list[LinkEvidence]] = {}
    for row in sorted(group, key=lambda row: evidence_of(row).as_of):
        said.setdefault((row.text, row.grade, _source(row, reader)), []).append(row)
    return tuple(
        EvidenceShown(
            text=text,
            grade=EVIDENCE_GRADES.get(grade, grade),
            source=source,
            days=tuple(dict.fromkeys(words.short_day(evidence_of(row).as_of) for row in rows)),
            take_back=next((row.pk for row in rows if row.written_by_id == reader.viewer_id), None),
        )
        for (text, grade, source), rows in said.items()
    )


def _source(row: LinkEvidence, reader: LinkReader) -> str:
    if row.feed:
        return reader.source_names.get(row.feed, row.feed)
    return f"written by {row.written_by.name}" if row.written_by else "source not recorded"


@dataclass(frozen=True)
class Relative:
    """Somebody in the family or the household, and how."""

    other: NamedOther
    relations: str
    fading: bool


@dataclass(frozen=True)
class Household:
    """Where somebody lives and with whom; family who live elsewhere, or of whose home nothing is recorded."""

    homes: tuple[NamedOther, ...]
    living_with: tuple[Relative, ...]
    elsewhere: tuple[Relative, ...]


def show_household(rows: Sequence[LinkEvidence], reader: LinkReader) -> Household:
    """Who lives with whom, from evidence that still stands."""
    standing = [group for group in _grouped(rows) if _stands(group, reader.today)]
    homes = [group[0] for group in standing if group[0].kind == "lives-at" and group[0].outward]
    relatives: dict[int, list[list[LinkEvidence]]] = {}
    for group in standing:
        if SECTIONS[LINK_KINDS[group[0].kind].about] == SECTIONS["family"]:
            relatives.setdefault(group[0].other_id, []).append(group)
    together = [any(group[0].kind == "household" for group in groups) for groups in relatives.values()]
    shown = [_relative(groups, reader) for groups in relatives.values()]
    return Household(
        homes=tuple(name_other(row, reader.seen) for row in homes),
        living_with=tuple(person for person, here in zip(shown, together, strict=True) if here),
        elsewhere=tuple(person for person, here in zip(shown, together, strict=True) if not here),
    )


def _stands(group: list[LinkEvidence], today: date) -> bool:
    summary = sum_up_link(group[0].kind, [evidence_of(row) for row in group], today)
    return summary.standing != Standing.DROPPED


def _relative(groups: list[list[LinkEvidence]], reader: LinkReader) -> Relative:
    kinds = dict.fromkeys((group[0].kind, group[0].outward) for group in groups if group[0].kind != "household")
    relations = [RELATIONS.get(key, LINK_KINDS[key[0]].title.lower()) for key in kinds]
    summaries = [sum_up_link(g[0].kind, [evidence_of(row) for row in g], reader.today) for g in groups]
    fading = all(summary.standing == Standing.FADING for summary in summaries)
    return Relative(name_other(groups[0][0], reader.seen), ", ".join(relations), fading)
