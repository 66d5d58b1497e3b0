"""Reading what a definition makes of a row: people, places, entries, links, involvements, professionals."""

from __future__ import annotations

from typing import Any

from kith.linkage.feeds.definition import (
    IDENTITY,
    PERSON_KINDS,
    PLACE_FIELDS,
    EntryPart,
    InvolvementPart,
    LinkPart,
    PersonPart,
    PlacePart,
    ProfessionalPart,
)
from kith.linkage.feeds.template import Template, TemplateError, parse_template
from kith.linkage.feeds.yaml_lines import Lines, Reader
from kith.subjects.rules import EVIDENCE_GRADES, LINK_KINDS

LINK_WORDS = {"sibling-of": "sibling", "member-of": "part-of", "lives-with": "household"}  # other words for ours


def read_parts(reader: Reader, node: Lines) -> dict[str, Any]:
    """Every part of the definition, by the name of its field in Definition."""
    parts = _Parts(reader, node)
    people = tuple(parts.person(name, part) for name, part in parts.named("people"))
    places = tuple(parts.place(name, part) for name, part in parts.named("places"))
    parts.names = {part.name for part in people} | {part.name for part in places}
    return {
        "people": people,
        "places": places,
        "entries": parts.different_entries([parts.entry(part) for part in reader.parts(node, "entries")]),
        "links": tuple(parts.link(part) for part in reader.parts(node, "links")),
        "involvements": tuple(parts.involvement(part) for part in reader.parts(node, "involvements")),
        "professionals": tuple(parts.professional(part) for part in reader.parts(node, "professionals")),
    }


class _Parts:
    """The parts' reader; knows the definition's columns, so that a template cannot name one that is not there."""

    def __init__(self, reader: Reader, node: Lines) -> None:
        self.reader, self.node = reader, node
        self.columns = set(reader.part(node, "columns"))
        self.names: set[str] = set()

    def named(self, key: str) -> list[tuple[str, Lines]]:
        part = self.reader.part(self.node, key)
        return [(name, self.reader.part(part, name)) for name in part]

    def template(self, node: Lines, key: str) -> Template | None:
        source = self.reader.text(node, key, "")
        if not source:
            return None
        try:
            made = parse_template(source)
        except TemplateError as error:
            self.reader.wrong(node.at[key], f'"{key}": {error}')
            return None
        for slot in made.slots:
            if slot.column not in self.columns:
                words = f'"{key}" names {{{slot.column}}}, which is no column'
                self.reader.wrong(node.at[key], words + self.reader.nearest(slot.column, self.columns))
        return made

    def needed(self, node: Lines, key: str, what: str) -> Template:
        if key not in node:
            self.reader.wrong(node, f'{what} needs "{key}".')
        return self.template(node, key) or Template("", ())

    def templates(self, node: Lines, keys: tuple[str, ...] | list[str]) -> dict[str, Template]:
        found = {key: self.template(node, key) for key in keys if key in node}
        return {key: template for key, template in found.items() if template is not None}

    def a_part(self, node: Lines, key: str, what: str) -> str:
        name = self.reader.text(node, key)
        if name and name not in self.names:
            self.reader.wrong(node.at[key], f'{what}: "{name}" is not among the people and places'
                              + self.reader.nearest(name, self.names))  # fmt: skip
        return name

    def person(self, name: str, node: Lines) -> PersonPart:
        self.reader.known_keys(node, ("key", "kind", *IDENTITY), f'person "{name}"')
        return PersonPart(
            name=name,
            key=self.needed(node, "key", f'person "{name}"'),
            kind=self.reader.one_of(node, "kind", PERSON_KINDS, "unknown"),
            facts=self.templates(node, IDENTITY),
        )

    def place(self, name: str, node: Lines) -> PlacePart:
        self.reader.known_keys(node, PLACE_FIELDS, f'place "{name}"')
        return PlacePart(name, self.templates(node, PLACE_FIELDS))

    def entry(self, node: Lines) -> EntryPart:
        allowed = ("kind", "key", "at", "until", "about", "summary", "details", "private", "significant", "when",
                   "fuller", "about_of")  # fmt: skip
        self.reader.known_keys(node, allowed, "an entry")
        about = self.reader.texts(node, "about")
        for name in about:
            if name not in self.names:
                words = f'an entry is about "{name}", which is not among the people and places'
                self.reader.wrong(node.at["about"], words + self.reader.nearest(name, self.names))
        if not about and "about_of" not in node:
            self.reader.wrong(node, 'an entry needs "about": whom it is about.')
        details, private = self.reader.part(node, "details"), self.reader.part(node, "private")
        return EntryPart(
            kind=self.reader.text(node, "kind"),
            key=self.needed(node, "key", "an entry"),
            at=self.template(node, "at") or Template("", ())
            if "about_of" in node
            else self.needed(node, "at", "an entry"),
            about=about,
            summary=self.needed(node, "summary", "an entry"),
            until=self.template(node, "until"),
            details=self.templates(details, list(details)),
            private=self.templates(private, list(private)),
            significant=self.reader.yes_no(node, "significant") if "significant" in node else None,
            when=self.template(node, "when"),
            fuller=self.reader.texts(node, "fuller"),
            about_of=self._about_of(node),
        )

    def _about_of(self, node: Lines) -> tuple[str, Template] | None:
        if "about_of" not in node:
            return None
        part = self.reader.part(node, "about_of")
        self.reader.known_keys(part, ("feed", "key"), "about_of")
        return self.reader.text(part, "feed"), self.needed(part, "key", "about_of")

    def different_entries(self, entries: list[EntryPart]) -> tuple[EntryPart, ...]:
        seen: set[tuple[str, str]] = set()
        for entry in entries:
            if (entry.kind, entry.key.source) in seen:
                self.reader.wrong(self.node.at["entries"], f'two entries of kind "{entry.kind}" have the same key; '
                                  "add a word to one, so that they can be told apart next time.")  # fmt: skip
            seen.add((entry.kind, entry.key.source))
        return tuple(entries)

    def link(self, node: Lines) -> LinkPart:
        allowed = ("kind", "from", "to", "since", "until", "grade", "summary", "when")
        self.reader.known_keys(node, allowed, "a link")
        given = self.reader.one_of(node, "kind", (*LINK_KINDS, *LINK_WORDS))
        return LinkPart(
            kind=LINK_WORDS.get(given, given),
            from_part=self.a_part(node, "from", "a link"),
            to_part=self.a_part(node, "to", "a link"),
            summary=self.needed(node, "summary", "a link"),
            grade=self.reader.one_of(node, "grade", EVIDENCE_GRADES, "recorded"),
            since=self.template(node, "since"),
            until=self.template(node, "until"),
            when=self.template(node, "when"),
        )

    def involvement(self, node: Lines) -> InvolvementPart:
        optional = ("team", "worker", "worker_key", "phone", "email", "since", "until", "when")
        self.reader.known_keys(node, ("about", "key", "agency", "role", "lead", *optional), "an involvement")
        return InvolvementPart(
            about=self.a_part(node, "about", "an involvement"),
            key=self.needed(node, "key", "an involvement"),
            role=self.needed(node, "role", "an involvement"),
            agency=self.reader.text(node, "agency", self.reader.text(self.node, "agency", "")),
            lead=self.reader.yes_no(node, "lead"),
            **self.templates(node, optional),
        )

    def professional(self, node: Lines) -> ProfessionalPart:
        optional = ("email", "phone", "team", "job_title")
        self.reader.known_keys(node, ("key", "name", *optional), "a professional")
        return ProfessionalPart(
            key=self.needed(node, "key", "a professional"),
            name=self.needed(node, "name", "a professional"),
            **self.templates(node, optional),
        )
