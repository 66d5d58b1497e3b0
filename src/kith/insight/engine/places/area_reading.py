"""A file of outlines or of an index that a partnership gives: read, checked, and refused with words that help.

Outlines are GeoJSON in degrees (WGS 84: longitude, then latitude). Lists are CSV. Nothing is kept of a file of which
any part is wrong.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kith.insight.engine.places.area_shapes import Line, Point, Shape, Sort

LARGEST = 200 * 1024 * 1024  # bytes
UNITED_KINGDOM = (-9.5, 49.0, 2.5, 61.5)  # degrees, with its waters
EXACT = 5  # decimals of a degree that are kept: about a metre
WGS_84 = re.compile(r"(CRS84|EPSG:{1,2}4326)$", re.IGNORECASE)
AREAS, LINES, POINTS = {"Polygon", "MultiPolygon"}, {"LineString", "MultiLineString"}, {"Point", "MultiPoint"}
SORTS = dict.fromkeys(AREAS, Sort.AREA) | dict.fromkeys(LINES, Sort.LINE) | dict.fromkeys(POINTS, Sort.POINT)


class AreaFileError(ValueError):
    """The file cannot be used; the words say where and why."""


@dataclass(frozen=True)
class Kind:
    """One kind of file: what its shapes may be, and whether each must have a code or a name."""

    key: str
    title: str
    geometries: frozenset[str] = frozenset()
    code: bool = False
    name: bool = False


KINDS = {
    kind.key: kind
    for kind in (
        Kind("authority", "the local authority", frozenset(AREAS), name=True),
        Kind("wards", "wards", frozenset(AREAS), code=True, name=True),
        Kind("small-areas", "small areas (LSOA)", frozenset(AREAS), code=True),
        Kind("localities", "the partnership's localities, named as in its settings", frozenset(AREAS), name=True),
        Kind("water", "rivers, lakes and the sea", frozenset(AREAS | LINES)),
        Kind("parks", "parks", frozenset(AREAS)),
        Kind("roads", "roads and railways", frozenset(LINES)),
        Kind("stations", "stations", frozenset(POINTS), name=True),
        Kind("deprivation", "the index of deprivation by small area"),
        Kind("postcodes", "in which small area each postcode lies"),
        Kind("children", "how many children under 18 live in each small area"),
    )
}
DRAWN = tuple(key for key, kind in KINDS.items() if kind.geometries)
ADULT = 18  # years
WHOLE = r"^children$|^(aged? )?0( to |-| - |_)17$"
YEAR_OF_AGE = r"((?:f|m|female|male|age|aged)?[ _]?)(\d{1,3})"
NAMES = re.compile(r"^(name|.*_?(nm|name))$", re.IGNORECASE)
CODES = re.compile(r"^(code|.*_?(cd|code))$", re.IGNORECASE)
OWN = {  # how the national files call a code or a name of the kind itself, before any other of their columns
    "authority": re.compile(r"^(ltla|lad|ctyua|utla)\d\d", re.IGNORECASE),
    "wards": re.compile(r"^(wd|ward)\d\d", re.IGNORECASE),
    "small-areas": re.compile(r"^lsoa\d\d", re.IGNORECASE),
}


def read_shapes(path: Path, kind: Kind, *, code: str = "", name: str = "") -> list[Shape]:
    """Every shape of a GeoJSON file. `code`, `name`: the properties that hold them, where they are not found.

    Raises AreaFileError.
    """
    features = _features(_read(path))
    properties = [_properties(feature) for feature in features]
    codes, names = _column(properties, kind, code, CODES), _column(properties, kind, name, NAMES)
    if kind.code and not codes or kind.name and not names:
        raise _no_column(properties, "code" if kind.code and not codes else "name")
    shapes = [
        _shape(feature, kind, str(about.get(codes) or ""), str(about.get(names) or ""), number)
        for number, (feature, about) in enumerate(zip(features, properties, strict=True), 1)
    ]
    _check_told_apart(shapes, kind)
    return shapes


def _read(path: Path) -> Any:
    if not path.is_file():
        raise AreaFileError(f"There is no file {path}.")
    if path.stat().st_size > LARGEST:
        raise AreaFileError(f"{path.name} is larger than {LARGEST // 1024 // 1024} MB. Use generalised outlines.")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise AreaFileError(f"{path.name} is not text in UTF-8. Save it as GeoJSON.") from None
    except json.JSONDecodeError as wrong:
        raise AreaFileError(f"{path.name} is not GeoJSON: {wrong.msg} in line {wrong.lineno}.") from None


def _features(given: Any) -> list[Any]:
    if not isinstance(given, dict) or given.get("type") != "FeatureCollection":
        raise AreaFileError("The file is not a GeoJSON FeatureCollection.")
    told = given.get("crs") or {}
    system = str((told.get("properties") or {}).get("name", "")) if isinstance(told, dict) else str(told)
    if system and not WGS_84.search(system):
        raise AreaFileError(f"The file says its coordinates are {system}. Export it in WGS 84 (EPSG:4326).")
    features = given.get("features")
    if not isinstance(features, list) or not features:
        raise AreaFileError("The file holds no shapes.")
    return features


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _column(properties: Sequence[Mapping[str, Any]], kind: Kind, said: str, pattern: re.Pattern[str]) -> str:
    names = list(dict.fromkeys(name for about in properties for name in about))
    if said:
        if said not in names:
            raise AreaFileError(f"No shape has {said}. They have: {', '.join(names) or 'nothing'}.")
        return said
    fitting = [name for name in names if pattern.match(name)]
    own = [name for name in fitting if kind.key in OWN and OWN[kind.key].match(name)]
    plain = [name for name in fitting if name.lower() in ("code", "name")]
    return next(iter([*own, *plain, *fitting]), "")


def _no_column(properties: Sequence[Mapping[str, Any]], which: str) -> AreaFileError:
    names = ", ".join(dict.fromkeys(name for about in properties for name in about)) or "nothing"
    return AreaFileError(f"No property looks like a {which}. Say which it is with --{which}. They have: {names}.")


def _shape(feature: Any, kind: Kind, code: str, name: str, number: int) -> Shape:
    where = f"Shape {number}" + (f" ({name or code})" if name or code else "")
    given = feature.get("geometry") if isinstance(feature, dict) else None
    geometry: dict[str, Any] = given if isinstance(given, dict) else {}
    sort = geometry.get("type")
    if sort not in kind.geometries:
        allowed = ", ".join(sorted(kind.geometries))
        raise AreaFileError(f"{where} is {sort or 'nothing'}; for {kind.title} it must be {allowed}.")
    try:
        parts = tuple(_parts(geometry["coordinates"], str(sort)))
    except AreaFileError as wrong:
        raise AreaFileError(f"{where}: {wrong}") from None
    except (TypeError, ValueError, KeyError, IndexError):
        raise AreaFileError(f"{where} has coordinates that are not pairs of numbers.") from None
    if not parts or not all(parts):
        raise AreaFileError(f"{where} has no coordinates.")
    return Shape(code.strip(), " ".join(name.split()), SORTS[str(sort)], parts)


def _parts(given: Any, sort: str) -> Iterator[tuple[Line, ...]]:
    several = given if sort.startswith("Multi") else [given]
    for one in several:
        if sort in AREAS:
            yield tuple(_ring(ring) for ring in one)
        elif sort in LINES:
            yield (_line(one, 2),)
        else:
            yield ((_point(one),),)


def _ring(given: Any) -> Line:
    ring = _line(given, 4)
    if ring[0] != ring[-1]:
        raise AreaFileError("a ring does not end where it begins.")
    return ring


def _line(given: Any, fewest: int) -> Line:
    line = tuple(_point(one) for one in given)
    if len(line) < fewest:
        raise AreaFileError(f"a line of {len(line)} points; it needs {fewest} or more.")
    return line


def _point(given: Any) -> Point:
    x, y = float(given[0]), float(given[1])
    west, south, east, north = UNITED_KINGDOM
    if west <= x <= east and south <= y <= north:
        return round(x, EXACT), round(y, EXACT)
    if west <= y <= east and south <= x <= north:
        raise AreaFileError(f"latitude stands before longitude ({x:g}, {y:g}). GeoJSON asks for longitude first.")
    if abs(x) > 180 or abs(y) > 90:
        raise AreaFileError(
            f"{x:g}, {y:g} are not degrees: they look like metres of the National Grid. Export in WGS 84 (EPSG:4326)."
        )
    raise AreaFileError(f"{x:g}, {y:g} is not in the United Kingdom.")


def _check_told_apart(shapes: Sequence[Shape], kind: Kind) -> None:
    if kind.code:
        _check_once([shape.code for shape in shapes], "code")
    if kind.name:
        without = sum(not shape.name for shape in shapes)
        if without:
            raise AreaFileError(f"{without} of {len(shapes)} shapes have no name.")


def _check_once(codes: Sequence[str], what: str) -> None:
    blank = sum(not code for code in codes)
    if blank:
        raise AreaFileError(f"{blank} of {len(codes)} have no {what}.")
    twice = [code for code, times in Counter(codes).items() if times > 1]
    if twice:
        raise AreaFileError(f"The same {what} stands more than once: {', '.join(twice[:5])}.")


def read_deprivation(path: Path, *, code: str = "", decile: str = "") -> dict[str, int]:
    """Small area → tenth of deprivation (1 the most deprived in the country). Raises AreaFileError."""
    rows, names = _rows(path)
    codes = code or _named(names, r"^(lsoa|data ?zone|soa).*(cd|code)|^code$", "code")
    tenths = decile or _named(names, r"^(imd|wimd|simd|index of multiple).*decile|^decile$", "decile")
    found = {}
    for number, row in enumerate(rows, 2):
        words = str(row.get(tenths) or "").strip()
        tenth = float(words) if re.fullmatch(r"\d+(\.0+)?", words) else 0
        if not 1 <= tenth <= 10:
            raise AreaFileError(f"Line {number}: {tenths} is {words or 'blank'}; it must be 1 to 10.")
        found[str(row.get(codes) or "").strip()] = int(tenth)
    if len(found) != len(rows) or "" in found:
        raise AreaFileError(f"The same {codes} stands more than once, or is blank.")
    return found


def read_children(path: Path, *, code: str = "", children: str = "") -> dict[str, int]:
    """Small area → children from 0 to 17: one column of them, or a column a year of age, for girls and boys apart too.

    Raises AreaFileError.
    """
    rows, names = _rows(path)
    codes = code or _named(names, r"^(lsoa|data ?zone|soa).*(cd|code)|^code$", "code")
    counted = [children] if children else _of_children(names)
    found: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        where = str(row.get(codes) or "").strip()
        if not where or where in found:
            raise AreaFileError(f"Line {number}: {codes} is {where or 'blank'}; each must stand once.")
        found[where] = sum(_people(row, name, number) for name in counted)
    return found


def _of_children(names: Sequence[str]) -> list[str]:
    """The columns that add up to children: one of 0 to 17, or every year of age below 18, once or for each sex."""
    whole = [name for name in names if re.search(WHOLE, name.strip(), re.IGNORECASE)]
    if whole:
        return whole[:1]
    by_sex: dict[str, dict[int, str]] = {}
    for name in names:
        if (told := re.fullmatch(YEAR_OF_AGE, name.strip(), re.IGNORECASE)) and int(told[2]) < ADULT:
            by_sex.setdefault(told[1].strip(" _").lower()[:1], {})[int(told[2])] = name
    if len(sexes := {"f", "m"} & set(by_sex)) == 1:
        raise AreaFileError("The file holds years of age of one sex only.")
    chosen = [by_sex[sex] for sex in sorted(sexes)] or list(by_sex.values())[:1]
    if not chosen or any(len(one) < ADULT for one in chosen):
        raise AreaFileError(
            "No column of children 0 to 17, and not every year of age from 0 to 17. Say which it is with --children."
            f" There are: {', '.join(names[:30])}."
        )
    return [one[age] for one in chosen for age in sorted(one)]


def _people(row: Mapping[str, str], name: str, number: int) -> int:
    words = str(row.get(name) or "").strip().replace(",", "")
    if not re.fullmatch(r"\d{1,7}(\.0+)?", words):
        raise AreaFileError(f"Line {number}: {name} is {words or 'blank'}; it must be a whole number.")
    return int(float(words))


def read_postcodes(path: Path, *, code: str = "", postcode: str = "") -> dict[str, str]:
    """Postcode without its blank → small area. Raises AreaFileError."""
    rows, names = _rows(path)
    codes = code or _named(names, r"^lsoa.*(cd|code)?|^code$", "code")
    given = postcode or _named(names, r"^(pcds?|pcd\d|postcode)$", "postcode")
    found = {re.sub(r"\s", "", str(row.get(given) or "")).upper(): str(row.get(codes) or "").strip() for row in rows}
    found.pop("", None)
    if not any(found.values()):
        raise AreaFileError("No postcode of the file has a small area.")
    return {one: area for one, area in sorted(found.items()) if area}


def _rows(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    if not path.is_file():
        raise AreaFileError(f"There is no file {path}.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise AreaFileError(f"{path.name} is not a CSV file in UTF-8.") from None
    if not rows:
        raise AreaFileError(f"{path.name} holds no rows.")
    return rows, list(reader.fieldnames or ())


def _named(names: Sequence[str], pattern: str, what: str) -> str:
    found = [name for name in names if re.search(pattern, name.strip(), re.IGNORECASE)]
    if not found:
        raise AreaFileError(
            f"No column looks like a {what}. Say which it is with --{what}. There are: {', '.join(names)}."
        )
    return found[0]
