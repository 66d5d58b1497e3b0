"""In which encoding to read a file, and what to tell the agency about it."""

from __future__ import annotations

import codecs

from kith.linkage.feeds.keeping import TextFacts

_TITLES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte-order mark", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16", "utf-32": "UTF-32", "cp1252": "Windows-1252",
}  # fmt: skip


def choose_encoding(declared: str, facts: TextFacts) -> tuple[str, list[str]]:
    """The encoding to read in, and notes in words where it is not the one declared."""
    wanted = canonical(declared)
    if facts.mark:
        same = facts.mark == wanted or (facts.mark == "utf-8-sig" and wanted == "utf-8")
        same = same or (facts.mark.startswith("utf-16") and wanted.startswith("utf-16"))
        return facts.mark, [] if same else [_other(wanted, facts.mark)]
    if facts.is_ascii:
        return "utf-8", []
    if wanted in ("utf-8", "utf-8-sig"):
        return ("utf-8", []) if facts.is_utf8 else ("cp1252", [_other(wanted, "cp1252")])
    if facts.is_utf8:
        return "utf-8", [_other(wanted, "utf-8")]
    return wanted, []


def canonical(name: str) -> str:
    """One name for an encoding; Latin-1 is read as Windows-1252, which is what is nearly always meant."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    return {"iso8859-1": "cp1252", "windows-1252": "cp1252", "ascii": "utf-8"}.get(found, found)


def _other(wanted: str, found: str) -> str:
    return (
        f"The file is not in {_TITLES.get(wanted, wanted)}, as was agreed, but in {_TITLES.get(found, found)}; "
        "it was read so."
    )
