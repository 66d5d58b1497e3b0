"""Severnmouth itself: localities, wards, postcodes, streets and places, all invented.

Postcodes use QX, an area the post office has not assigned; every coordinate lies in the open Celtic Sea, so that no
point can fall on anyone's street.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Ints, Rng, Texts, stream, texts, which

SEA_LATITUDE, SEA_LONGITUDE = 50.93, -6.55  # open sea, about 90 km from the nearest land
FAR, FAR_POSTCODE = "far ", "QX99 1ZZ"  # places in another town: no ward, no coordinates
KM_NORTH, KM_EAST = 1 / 111.2, 1 / 70.1  # degrees in a kilometre here


@dataclass(frozen=True)
class Ward:
    """A ward: its locality, postcode district, centre in km from the town's, and share of people."""

    name: str
    locality: str
    district: int
    east: float
    north: float
    weight: float


WARDS = (
    Ward("Lanthorn Quay", "East Central", 1, 0.8, -0.4, 6),
    Ward("Castle Weir", "East Central", 2, 0.0, 0.3, 8),
    Ward("Harbourside", "East Central", 3, 1.2, 0.6, 8),
    Ward("St Brannock", "East Central", 4, 2.2, 0.1, 7),
    Ward("Ropewalk", "East Central", 5, 1.6, 1.5, 7),
    Ward("Highmead", "North", 6, -1.5, 3.4, 6),
    Ward("Orchard Vale", "North", 7, 0.4, 3.9, 7),
    Ward("Fernhill", "North", 8, 1.9, 3.3, 8),
    Ward("Skylark Ridge", "North", 9, 3.4, 4.6, 6),
    Ward("College Down", "North", 10, -0.4, 2.4, 5),
    Ward("Marshwater", "South", 11, -0.9, -2.6, 9),
    Ward("Coldstream", "South", 12, 0.9, -3.3, 8),
    Ward("Withy Bridge", "South", 13, 2.3, -2.4, 8),
    Ward("Seawall", "South", 14, -2.4, -3.6, 7),
)
WARD_NUMBER = {ward.name: number for number, ward in enumerate(WARDS)}
UNIT_LETTERS = tuple("ABDEFGHJLNPQRSTUWXYZ")  # the letters that end a postcode
STREET_NAMES = (
    "Capstan",
    "Tallow",
    "Lanyard",
    "Windlass",
    "Halyard",
    "Samphire",
    "Curlew",
    "Lapwing",
    "Teasel",
    "Bramble",
    "Quarry",
    "Millrace",
    "Cooper",
    "Chandler",
    "Sailmaker",
    "Lighter",
    "Mooring",
    "Beacon",
    "Sandpiper",
    "Heron",
    "Orchard",
    "Copper",
    "Larkrise",
    "Ferry",
    "Barge",
    "Cable",
    "Anchor",
    "Tiller",
    "Rudder",
    "Compass",
    "Thistle",
    "Kestrel",
    "Plover",
    "Gorse",
    "Hazel",
    "Rowan",
    "Elder",
    "Sorrel",
    "Clover",
    "Meadow",
)
STREET_ENDS = ("Road", "Street", "Close", "Avenue", "Terrace", "Way", "Court", "Drive", "Lane", "Rise")


@cache
def places() -> pl.DataFrame:
    """Named places with kind, ward, coordinates, hours and how busy. Online places have no coordinates."""
    table = pl.read_csv(files("kith.demo").joinpath("places.csv").read_bytes())
    rng = stream(0, "places")
    spread = rng.normal(0, 0.35, (len(table), 2))
    spots = [_spot(ward, east, north) for ward, (east, north) in zip(table["ward"], spread, strict=True)]
    postcodes = [_postcode(ward, rng) for ward in table["ward"]]
    postcodes[table["name"].to_list().index("Seacroft House")] = cast.HOMES["seacroft-house"][1]
    far = table["kind"].str.starts_with(FAR).to_list()
    postcodes = [FAR_POSTCODE if away else one for one, away in zip(postcodes, far, strict=True)]
    return table.with_columns(
        pl.Series("latitude", [spot[0] for spot in spots]),
        pl.Series("longitude", [spot[1] for spot in spots]),
        pl.Series("postcode", postcodes),
        pl.Series("locality", [WARDS[WARD_NUMBER[w]].locality if w else None for w in table["ward"]]),
    )


def _spot(ward: str | None, east: float, north: float) -> tuple[float | None, float | None]:
    if not ward:
        return None, None
    home = WARDS[WARD_NUMBER[ward]]
    latitude = SEA_LATITUDE + (home.north + north) * KM_NORTH
    return round(latitude, 5), round(SEA_LONGITUDE + (home.east + east) * KM_EAST, 5)


def _postcode(ward: str | None, rng: Rng) -> str | None:
    if not ward:
        return None
    letters = "".join(rng.choice(UNIT_LETTERS, 2))
    return f"QX{WARDS[WARD_NUMBER[ward]].district} {rng.integers(1, 9)}{letters}"


@dataclass(frozen=True)
class Homes:
    """Addresses: one row each. `line` is house and street."""

    line: Texts
    postcode: Texts
    ward: Ints
    latitude: np.ndarray
    longitude: np.ndarray


def make_homes(seed: int, count: int) -> Homes:
    """`count` addresses; about twelve share a postcode, and a postcode lies on one street."""
    rng = stream(seed, "homes")
    ward = which(rng, len(WARDS), count, [w.weight for w in WARDS])
    unit = rng.integers(0, max(8, count // (12 * len(WARDS))), count)
    unit = np.minimum(unit, 9 * 399)
    line = _lines(rng, ward, unit)
    return Homes(line, _postcodes(ward, unit), ward, *_points(rng, ward, unit))


def _postcodes(ward: Ints, unit: Ints) -> Texts:
    letters = np.array(UNIT_LETTERS)
    district = np.array([w.district for w in WARDS]).astype(str)[ward]
    code = np.char.add(letters[unit // 180 % 20], letters[unit // 9 % 20])
    sector = (unit % 9 + 1).astype(str)
    text = np.char.add(np.char.add(np.char.add("QX", district), " "), np.char.add(sector, code))
    return texts(text.tolist())


def _lines(rng: Rng, ward: Ints, unit: Ints) -> Texts:
    street = (ward * 7 + unit * 3) % len(STREET_NAMES)
    ending = (ward * 3 + unit) % len(STREET_ENDS)
    number = rng.integers(1, 99, len(ward)).astype(str)
    flat = rng.random(len(ward)) < 0.18
    name = np.char.add(np.char.add(np.array(STREET_NAMES)[street], " "), np.array(STREET_ENDS)[ending])
    house = np.char.add(np.char.add(number, " "), name)
    flats = np.char.add(np.char.add(np.char.add("Flat ", number), ", "), np.char.add(name, " House"))
    return texts(np.where(flat, flats, house).tolist())


def _points(rng: Rng, ward: Ints, unit: Ints) -> tuple[np.ndarray, np.ndarray]:
    angle, reach = (unit * 2.399963) % (2 * np.pi), 0.9 * np.sqrt((unit % 97 + 1) / 97)
    east = np.array([w.east for w in WARDS])[ward] + reach * np.cos(angle) + rng.normal(0, 0.02, len(ward))
    north = np.array([w.north for w in WARDS])[ward] + reach * np.sin(angle) + rng.normal(0, 0.02, len(ward))
    return np.round(SEA_LATITUDE + north * KM_NORTH, 5), np.round(SEA_LONGITUDE + east * KM_EAST, 5)


def cast_ward(home: str) -> int:
    """The ward of a cast member's home, from its postcode district."""
    district = int(cast.HOMES[home][1].split()[0][2:])
    return next(number for number, ward in enumerate(WARDS) if ward.district == district)


HOUR_SHAPES: dict[str, list[tuple[range, range, float]]] = {
    # (days from Monday = 0, hours, weight): the pattern planted by kind of place.
    "school": [(range(5), range(15, 16), 60), (range(5), range(14, 17), 8), (range(5), range(8, 9), 4)],
    "club": [(range(7), range(0, 7), 4), (range(5, 7), range(0, 5), 14), (range(4, 6), range(22, 24), 5)],
    "park": [(range(7), range(17, 22), 5), (range(4, 6), range(19, 23), 6), (range(5), range(16, 18), 4)],
    "evening": [(range(7), range(16, 22), 6), (range(7), range(22, 24), 3)],
    "afternoon": [(range(5), range(15, 19), 8), (range(5, 7), range(12, 18), 6)],
    "night": [(range(7), range(20, 24), 5), (range(7), range(0, 4), 5)],
    "travel": [(range(7), range(6, 10), 3), (range(7), range(16, 23), 5)],
    "online": [(range(7), range(19, 24), 6), (range(7), range(0, 2), 4)],
}


@cache
def week_pattern(hours: str) -> np.ndarray:
    """The planted chance of each hour of the week, 7 days by 24 hours, for a kind of place."""
    week = np.full((7, 24), 0.25)
    for days, times, weight in HOUR_SHAPES[hours]:
        week[np.ix_(list(days), list(times))] += weight
    return np.asarray(week / week.sum())
