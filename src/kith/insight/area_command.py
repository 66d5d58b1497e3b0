"""`kith area`: the partnership's own outlines and lists for its map, kept here and served from here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from kith.foundations.starting import start_django
from kith.insight.engine.places import area_kept
from kith.insight.engine.places.area_reading import (
    DRAWN,
    KINDS,
    AreaFileError,
    read_children,
    read_deprivation,
    read_postcodes,
    read_shapes,
)


@click.group()
def area() -> None:
    """Outlines of wards and small areas, water, parks, roads and stations, the index of deprivation, children."""
    start_django()


@area.command()
@click.argument("given", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=click.Choice(list(KINDS)), help="What the file holds.")
@click.option("--edition", default="", help="Of the boundaries or the index, such as 2021.")
@click.option("--source", required=True, help="Where it is from, with its licence: it stands under the map.")
@click.option("--code", default="", help="The property or column with codes, where it is not found by itself.")
@click.option("--name", default="", help="The property with names.")
@click.option("--decile", default="", help="The column with tenths of deprivation, 1 the most deprived.")
@click.option("--postcode", default="", help="The column with postcodes.")
@click.option("--children", default="", help="The column with children from 0 to 17.")
def add(given: Path, kind: str, edition: str, source: str, **columns: str) -> None:
    """Check FILE (GeoJSON in WGS 84, or CSV) and put it in the place of the one of its kind; or leave all as it was."""
    try:
        found = read(given, kind, **columns)
        about = area_kept.keep(
            settings.AREA, given, found, kind=kind, edition=edition, source=source, now=datetime.now(UTC)
        )
    except AreaFileError as wrong:
        raise click.ClickException(f"{wrong} Nothing was changed.") from None
    click.echo(f"{about.count:,} of {KINDS[kind].title}, from {given.name}.")
    for words in remarks(settings.AREA):
        click.echo(words)


def read(
    given: Path, kind: str, *, code: str = "", name: str = "", decile: str = "", postcode: str = "", children: str = ""
) -> Any:
    """What the file holds: shapes, or a list. Raises AreaFileError."""
    if kind in DRAWN:
        return read_shapes(given, KINDS[kind], code=code, name=name)
    if kind == "deprivation":
        return read_deprivation(given, code=code, decile=decile)
    if kind == "children":
        return read_children(given, code=code, children=children)
    return read_postcodes(given, code=code, postcode=postcode)


def remarks(folder: Path) -> list[str]:
    """What does not fit together of what there is: small areas of one edition beside an index of another."""
    areas = {shape.code for shape in area_kept.shapes_of(folder, "small-areas")}
    index = set(area_kept.listed(folder, "deprivation"))
    postcodes = set(area_kept.listed(folder, "postcodes").values())
    said = []
    children = set(area_kept.listed(folder, "children"))
    if children and areas and areas - children:
        said.append(f"Of {len(areas - children):,} of {len(areas):,} small areas the number of children is not known.")
    if areas and index and areas - index:
        said.append(f"{len(areas - index):,} of {len(areas):,} small areas are not in the index: another edition?")
    if postcodes and index and postcodes - index:
        share = f"{len(postcodes - index):,} of {len(postcodes):,}"
        said.append(f"{share} small areas of the postcodes are not in the index: another edition?")
    return said


@area.command("list")
def list_() -> None:
    """What there is, with its edition and where it is from."""
    for about in area_kept.kept(settings.AREA):
        edition = f" ({about.edition})" if about.edition else ""
        click.echo(f"{about.kind:<13}{about.count:>8,}{edition}  {about.source}  {about.file}, {about.added_at[:10]}")


@area.command()
@click.option("--kind", required=True, type=click.Choice(list(KINDS)))
def remove(kind: str) -> None:
    """Take the file of a kind away from the map."""
    there = area_kept.take_away(settings.AREA, kind)
    click.echo(f"{KINDS[kind].title.capitalize()}: {'taken away' if there else 'there were none'}.")
