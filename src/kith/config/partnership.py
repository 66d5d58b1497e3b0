"""The partnership's own name, colour and numbers, from one small settings file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Partnership:
    """What makes this installation a particular area's. All may be set in the file named by KITH_PARTNERSHIP."""

    name: str = "Severnmouth"
    full_name: str = "Severnmouth Safeguarding Children Partnership"
    colour: str = "#0b5c63"
    front_door_phone: str = "01632 960 100"
    out_of_hours_phone: str = "01632 960 199"
    contact_email: str = "help@severnmouth.example"
    site_address: str = ""  # such as https://tell.severnmouth.example, for letters; none: letters give no link


def read_partnership(path: str) -> Partnership:
    """The settings in a TOML file at `path`, or the fictional area's. Unknown keys raise ValueError by name."""
    if not path:
        return Partnership()
    given = tomllib.loads(Path(path).read_text())
    known = {field.name for field in fields(Partnership)}
    if unknown := sorted(set(given) - known):
        raise ValueError(f"{path}: unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
    return Partnership(**given)
