"""YAML whose keys remember their lines, and a reader that collects what is wrong in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml


class DefinitionError(ValueError):
    """A definition file that cannot be used; `problems` says everything that is wrong, each with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Lines(dict[str, Any]):
    """A mapping that knows on which line it starts and where each of its keys stands."""

    line: int = 0
    at: dict[str, int]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """SafeLoader that gives `Lines`, refuses a key given twice and keeps dates as text."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lines:
    made = Lines()
    made.line, made.at = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = _as_text(loader.construct_object(key_node, deep=True))
        if key in made:
            raise yaml.YAMLError(f'line {key_node.start_mark.line + 1}: "{key}" is given twice')
        made[key] = loader.construct_object(value_node, deep=True)
        made.at[key] = key_node.start_mark.line + 1
    return made


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _meant(first: str, tag: str) -> bool:
    """Dates stay text, and "on" and "off" are words: only yes, no, true and false are truths."""
    return tag != "tag:yaml.org,2002:timestamp" and not (tag == "tag:yaml.org,2002:bool" and first in "oO")


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if _meant(first, tag)]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path) -> Lines:
    """The mapping in a file. Raises DefinitionError where it is not one."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DefinitionError([f"{path.name}: this is not written as YAML: {' '.join(str(error).split())}"]) from error
    if not isinstance(loaded, Lines):
        raise DefinitionError([f"{path.name}: should be a list of names and values, such as `feed: police-missing`."])
    return loaded


class Reader:
    """Reads a file's mappings and collects every problem, so that one run shows them all."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def wrong(self, where: Lines | int, words: str) -> None:
        line = where.line if isinstance(where, Lines) else where
        self.problems.append(f"{self.file}, line {line}: {words}")

    def finish(self) -> None:
        """Raises DefinitionError if anything was wrong."""
        if self.problems:
            raise DefinitionError(self.problems)

    def known_keys(self, node: Lines, allowed: Iterable[str], what: str) -> None:
        names = list(allowed)
        for key in node:
            if key not in names:
                self.wrong(node.at[key], f'{what} has no "{key}"{self.nearest(key, names)}')

    @staticmethod
    def nearest(given: str, allowed: Iterable[str]) -> str:
        names = sorted(allowed)
        near = get_close_matches(given, names, n=1)
        return f'; did you mean "{near[0]}"?' if near else f". Allowed: {', '.join(names)}."

    def text(self, node: Lines, key: str, default: str | None = None) -> str:
        """A word or sentence; without a default it must be there."""
        found = node.get(key)
        if found is None:
            if default is None:
                self.wrong(node, f'"{key}" is missing.')
            return default or ""
        if isinstance(found, (dict, list)):
            self.wrong(node.at[key], f'"{key}" should be words.')
            return default or ""
        return _as_text(found)

    def one_of(self, node: Lines, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        found = self.text(node, key, default)
        names = list(allowed)
        if found and found not in names:
            self.wrong(node.at.get(key, node.line), f'"{found}" is not a {key}{self.nearest(found, names)}')
        return found

    def yes_no(self, node: Lines, key: str, default: bool = False) -> bool:
        found = node.get(key, default)
        if not isinstance(found, bool):
            self.wrong(node.at[key], f'"{key}" should be yes or no.')
            return default
        return found

    def texts(self, node: Lines, key: str) -> tuple[str, ...]:
        """A list of words; one word alone is a list of one."""
        found = node.get(key)
        if found is None:
            return ()
        if isinstance(found, dict):
            self.wrong(node.at[key], f'"{key}" should be a list.')
            return ()
        return tuple(_as_text(item) for item in (found if isinstance(found, list) else [found]))

    def part(self, node: Lines, key: str) -> Lines:
        """A mapping under `key`, empty where there is none."""
        found = node.get(key)
        if isinstance(found, Lines):
            return found
        empty = Lines()
        empty.line, empty.at = node.at.get(key, node.line), {}
        if found is not None:
            self.wrong(empty.line, f'"{key}" should be names and values.')
        return empty

    def parts(self, node: Lines, key: str) -> list[Lines]:
        """A list of mappings under `key`."""
        found = node.get(key) or []
        good = [item for item in found if isinstance(item, Lines)] if isinstance(found, list) else []
        if not isinstance(found, list) or len(good) != len(found):
            self.wrong(node.at[key], f'"{key}" should be a list, each item beginning with "- ".')
        return good


def _as_text(found: Any) -> str:
    if isinstance(found, bool):
        return "yes" if found else "no"
    return str(found)


def read_codes(given: Mapping[str, Any]) -> dict[str, str]:
    """A code list as text to text: YAML makes `1` a number and `Y: yes` a truth."""
    return {_as_text(key): _as_text(value) for key, value in given.items()}
