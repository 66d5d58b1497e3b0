"""The partnership's own name, colour and numbers, and its neighbours, from one small settings file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Neighbour:
    """Another area's front door. `authorities` are ONS codes, `postcodes` the beginnings of postcodes."""

    name: str
    phone: str
    authorities: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    as_at: date | None = None  # when somebody last rang the number


@dataclass(frozen=True)
class Locality:
    """A part of the area, for breakdowns. `children`: how many under 18 live there, for rates."""

    name: str
    postcodes: tuple[str, ...]  # outward parts, such as QX1
    children: int = 0


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
    authorities: tuple[str, ...] = ()  # ONS codes of the councils whose area this is, such as E06000023
    postcodes: tuple[str, ...] = ("QX",)  # beginnings of postcodes that are ours whatever the directory says
    neighbours: tuple[Neighbour, ...] = (
        Neighbour("Estuary and Downs Council", "01632 960 300", postcodes=("QY",), as_at=date(2026, 11, 1)),
    )
    localities: tuple[Locality, ...] = (
        Locality("East Central", ("QX1", "QX2", "QX3", "QX4", "QX5"), 17_000),
        Locality("North", ("QX6", "QX7", "QX8", "QX9", "QX10"), 14_000),
        Locality("South", ("QX11", "QX12", "QX13", "QX14"), 12_000),
    )
    children_source: str = "Invented, like the area"  # where the numbers of children are from, with their year
    help_words: str = (
        ""  # a TOML file with the partnership's own words for blocks of help; edits on the page come first
    )


def read_partnership(path: str) -> Partnership:
    """The settings in a TOML file at `path`, or the fictional area's. Unknown keys raise ValueError by name.

    A file that says nothing of postcodes, authorities or neighbours has none.
    """
    if not path:
        return Partnership()
    given = tomllib.loads(Path(path).read_text())
    neighbours = tuple(_read(Neighbour, one, f"{path}: neighbours") for one in given.pop("neighbours", ()))
    localities = tuple(_read(Locality, one, f"{path}: localities") for one in given.pop("localities", ()))
    read: Partnership = _read(Partnership, {"postcodes": (), "children_source": "", **given}, path)
    return Partnership(**{**vars(read), "neighbours": neighbours, "localities": localities})


def _read(kind: type[Any], given: dict[str, Any], path: str) -> Any:
    known = {field.name for field in fields(kind)}
    if unknown := sorted(set(given) - known):
        raise ValueError(f"{path}: unknown setting {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})
