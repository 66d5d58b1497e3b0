"""What kinds of entry there are: their titles, whether they are significant unless said otherwise, their harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

BUILT_IN = Path(__file__).with_name("kinds.yaml")


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry. `harm` names the kind of harm it speaks of, or nothing."""

    key: str
    title: str
    significant: bool = False
    harm: str = ""


def kind(key: str) -> EntryKind:
    """The kind; one that no file names is known by its key in words, and not significant."""
    return all_kinds().get(key) or EntryKind(key, key.replace("-", " ").capitalize())


def harm_title(harm: str) -> str:
    """A kind of harm in words: 'criminal-exploitation' is 'Criminal exploitation'."""
    return harm.replace("-", " ").capitalize()


def all_kinds() -> Mapping[str, EntryKind]:
    """Every kind by its key: those built in, then each feeds folder's kinds.yaml over them."""
    files = (BUILT_IN, *(folder / "kinds.yaml" for folder in settings.FEEDS))
    return _read(tuple((file, file.stat().st_mtime) for file in files if file.exists()))


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, float], ...]) -> Mapping[str, EntryKind]:
    kinds: dict[str, EntryKind] = {}
    for file, _ in files:
        loaded = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        kinds |= {str(key): _kind(file, str(key), given) for key, given in loaded.items()}
    return kinds


def _kind(file: Path, key: str, given: object) -> EntryKind:
    """Raises ValueError with the file and key where a kind is not written as it should be."""
    if not isinstance(given, dict) or not isinstance(given.get("title"), str):
        raise ValueError(
            f'{file.name}: "{key}" needs a title, as in {{title: Missing, significant: yes, harm: missing}}.'
        )
    unknown = sorted(set(given) - {"title", "significant", "harm"})
    if unknown:
        raise ValueError(f'{file.name}: "{key}" has no "{unknown[0]}"; there are title, significant and harm.')
    return EntryKind(key, given["title"], bool(given.get("significant", False)), str(given.get("harm", "")))
