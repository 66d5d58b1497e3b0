"""All the feeds there are: the national returns built in, and a partnership's own folders over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kith.linkage.feeds.definition import AgencyDefinition, Definition
from kith.linkage.feeds.definition_file import read_agencies, read_code_lists, read_definition
from kith.linkage.feeds.yaml_lines import DefinitionError

STANDARD = Path(__file__).resolve().parents[1] / "standard"
NOT_FEEDS = frozenset({"agencies.yaml", "kinds.yaml", "codes.yaml"})


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Definitions by feed and agencies by key. `problems` are the files that could not be used, in words.

    One reading of the files is itself alone, so that what is worked out of it can be kept.
    """

    feeds: Mapping[str, Definition] = field(default_factory=dict)
    agencies: Mapping[str, AgencyDefinition] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def feed(self, key: str) -> Definition | None:
        return self.feeds.get(key)

    def agency(self, key: str) -> AgencyDefinition:
        """The agency, or one known by nothing but its key."""
        return self.agencies.get(key) or AgencyDefinition(key, key.replace("-", " ").capitalize(), "other")


def read_catalogue(folders: Iterable[Path], *, kinds: Iterable[str] | None = None) -> Catalogue:
    """Every definition in these folders, later ones over earlier ones of the same name.

    With `kinds`, an entry of a kind not among them is a problem. A file with problems is left out and the rest stands.
    """
    feeds: dict[str, Definition] = {}
    agencies: dict[str, AgencyDefinition] = {}
    lists: dict[str, dict[str, str]] = {}
    problems: list[str] = []
    for folder in folders:
        problems += _read_folder(folder, feeds, agencies, lists)
    problems += _unknown_names(feeds, agencies, None if kinds is None else set(kinds))
    return Catalogue(feeds, agencies, tuple(problems))


def _read_folder(
    folder: Path,
    feeds: dict[str, Definition],
    agencies: dict[str, AgencyDefinition],
    lists: dict[str, dict[str, str]],
) -> list[str]:
    if not folder.is_dir():
        return [f"{folder}: there is no such folder."]
    problems: list[str] = []
    here: dict[str, str] = {}
    try:
        agencies |= read_agencies(folder / "agencies.yaml")
        lists |= read_code_lists(folder / "codes.yaml")
    except DefinitionError as problem:
        problems += problem.problems
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NOT_FEEDS:
            continue
        try:
            made = read_definition(path, lists)
        except DefinitionError as problem:
            problems += problem.problems
            continue
        if made.feed in here:
            problems.append(f'{path.name}: the feed "{made.feed}" is already defined in {here[made.feed]}.')
            continue
        here[made.feed] = path.name
        feeds[made.feed] = made
    return problems


def _unknown_names(
    feeds: Mapping[str, Definition], agencies: Mapping[str, AgencyDefinition], kinds: set[str] | None
) -> list[str]:
    problems = []
    for feed in feeds.values():
        file = Path(feed.origin).name
        named = {feed.agency, *(part.agency for part in feed.involvements)}
        problems += [f'{file}: "{key}" is not in agencies.yaml.' for key in sorted(named - set(agencies))]
        if kinds is not None:
            unknown = sorted({entry.kind for entry in feed.entries} - kinds)
            problems += [f'{file}: "{kind}" is not in kinds.yaml.' for kind in unknown]
    return problems
