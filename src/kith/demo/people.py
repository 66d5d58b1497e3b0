"""Everyone who lives in Severnmouth: households first, then the children and adults in them.

Shares follow published tables where there is one: sibling counts and lone parents from ONS families and households
2023, ethnic communities from the 2021 Census for a city of this kind, twins 1.5 % of maternities (ONS births).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import WARDS, Homes, cast_ward, make_homes
from kith.demo.chance import Days, Ints, Rng, Texts, either, pick, stream, texts, whether, which
from kith.demo.identifiers import nhs_numbers, upns
from kith.demo.names import names_for, nicknames, surnames_for
from kith.demo.size import Size

COMMUNITIES = {  # community: (weight in households, ethnicity code, home language)
    "british": (70.0, "WBRI", "English"),
    "irish": (1.2, "WIRI", "English"),
    "polish": (3.4, "WOTH", "Polish"),
    "romanian": (2.6, "WOTH", "Romanian"),
    "somali": (4.4, "BAFR", "Somali"),
    "pakistani": (3.6, "APKN", "Urdu"),
    "indian": (2.4, "AIND", "Punjabi"),
    "bangladeshi": (1.4, "ABAN", "Bengali"),
    "caribbean": (3.6, "BCRB", "English"),
    "nigerian": (1.4, "BAFR", "English"),
    "ghanaian": (0.8, "BAFR", "Twi"),
    "chinese": (1.2, "CHNE", "Cantonese"),
    "arab": (1.2, "OOTH", "Arabic"),
    "turkish": (0.7, "WOTH", "Turkish"),
    "albanian": (0.6, "WOTH", "Albanian"),
    "vietnamese": (0.4, "AOTH", "Vietnamese"),
    "afghan": (0.5, "AOTH", "Dari"),
    "eritrean": (0.4, "BAFR", "Tigrinya"),
    "sudanese": (0.4, "BAFR", "Arabic"),
    "kurdish": (0.6, "OOTH", "Kurdish"),
}
ARRIVED_ALONE = ("afghan", "sudanese", "eritrean", "kurdish", "albanian", "vietnamese")
MIXED = {
    "caribbean": "MWBC",
    "somali": "MWBA",
    "nigerian": "MWBA",
    "ghanaian": "MWBA",
    "eritrean": "MWBA",
    "pakistani": "MWAS",
    "indian": "MWAS",
    "bangladeshi": "MWAS",
}
NAMES = list(COMMUNITIES)
YEAR = 365.25


@dataclass
class Crowd:
    """People being made: equal-length columns, joined into one table at the end."""

    role: Texts
    sex: Texts
    born: Days
    community: Texts
    ethnicity: Texts
    household: Ints
    mother: Ints
    father: Ints
    surname: Texts
    former: Texts

    def __len__(self) -> int:
        return len(self.role)


def make_people(size: Size, seed: int, today: date) -> tuple[pl.DataFrame, Homes]:
    """Everyone, the cast first, and their addresses. `pid` is the row number."""
    rng = stream(seed, "people", size.name)
    crowd = _families(rng, size, today)
    homes = make_homes(seed, int(crowd.household.max()) + 1 + len(crowd) // 4)
    table = _table(rng, crowd, homes, seed, today)
    return _with_cast(table, today), homes


def _families(rng: Rng, size: Size, today: date) -> Crowd:
    offset = len(cast.PEOPLE)
    wanted = size.children - len(cast.CHILDREN) - _alone(size) - _placed(size)
    homes = _households(rng, wanted)
    children = _children(rng, homes, wanted, today)
    parents, mother_of, father_of = _parents(rng, homes, children, today, offset)
    kids = _crowd_of_children(rng, homes, children, parents, mother_of, father_of)
    first_free = len(homes["community"])
    rest = [_others(rng, size, today, first_free), *_arrivals(rng, size, today, first_free + size.other_adults)]
    return _joined([parents, kids, *rest])


def _alone(size: Size) -> int:
    return max(2, size.children // 700)


def _placed(size: Size) -> int:
    return max(2, size.children // 600)


def _households(rng: Rng, children: int) -> dict[str, np.ndarray]:
    count = int(children * 0.62) + 20
    community = pick(rng, NAMES, count, [COMMUNITIES[name][0] for name in NAMES])
    partner = np.where(
        rng.random(count) < 0.86, community, pick(rng, ("british", "caribbean", "irish", "polish"), count)
    )
    return {
        "community": community,
        "fathers": texts(partner.tolist()),
        "lives_with_father": rng.random(count) < 0.74,
        "kids": which(rng, 5, count, [0.43, 0.38, 0.13, 0.045, 0.015]) + 1,
        "twins": rng.random(count) < 0.016,
        "mother_age": rng.normal(29.5, 5.4, count).clip(17, 43),
    }


def _children(rng: Rng, homes: dict[str, np.ndarray], wanted: int, today: date) -> dict[str, np.ndarray]:
    """Household, place in family and birth date; those already grown up stay as older brothers and sisters."""
    home = np.repeat(np.arange(len(homes["kids"])), homes["kids"])
    place = np.arange(len(home)) - np.repeat(np.cumsum(homes["kids"]) - homes["kids"], homes["kids"])
    youngest = np.repeat(rng.random(len(homes["kids"])) * 17.95, homes["kids"])
    gaps = 1.1 + rng.gamma(2.2, 1.0, len(home))
    gaps[(place == 1) & homes["twins"][home]] = 0.0
    gaps[place == 0] = 0.0
    spread = np.cumsum(gaps)
    age = youngest + spread - np.repeat(spread[place == 0], homes["kids"])
    keep = _first_under_18(age, wanted)
    born = np.datetime64(today, "D") - (age * YEAR).astype(int)
    return {"home": home[keep], "age": age[keep], "born": born[keep], "place": place[keep]}


def _first_under_18(age: np.ndarray, wanted: int) -> np.ndarray:
    young = np.cumsum(age < 18)
    return np.asarray((young <= wanted) & (age < 27))


def _parents(
    rng: Rng, homes: dict[str, np.ndarray], children: dict[str, np.ndarray], today: date, offset: int
) -> tuple[Crowd, Ints, Ints]:
    """Mothers and fathers of every household that has a child, with each child's mother and father."""
    used = np.unique(children["home"])
    eldest = np.zeros(len(homes["kids"]))
    np.maximum.at(eldest, children["home"], children["age"])
    mothers = used[rng.random(len(used)) < 0.965]
    fathers = used[rng.random(len(used)) < np.where(homes["lives_with_father"][used], 1.0, 0.55)]
    both = np.concatenate([mothers, fathers])
    age = homes["mother_age"][both] + eldest[both]
    age[len(mothers) :] += rng.normal(2.5, 4.0, len(fathers))
    crowd = _plain(rng, ["mother"] * len(mothers) + ["father"] * len(fathers), age.clip(18, 75), today)
    crowd.community = texts(np.concatenate([homes["community"][mothers], homes["fathers"][fathers]]).tolist())
    crowd.household = _father_elsewhere(rng, both, len(mothers), homes)
    _surnames_of_parents(rng, crowd, both, len(mothers), homes)
    mother_of, father_of = np.full(len(homes["kids"]), -1), np.full(len(homes["kids"]), -1)
    mother_of[mothers] = offset + np.arange(len(mothers))
    father_of[fathers] = offset + len(mothers) + np.arange(len(fathers))
    return crowd, mother_of[children["home"]], father_of[children["home"]]


def _father_elsewhere(rng: Rng, home: Ints, mothers: int, homes: dict[str, np.ndarray]) -> Ints:
    household = home.copy()
    away = np.zeros(len(home), dtype=bool)
    away[mothers:] = ~homes["lives_with_father"][home[mothers:]]
    household[away] = len(homes["kids"]) * 10 + rng.permutation(int(away.sum()))  # renumbered when joined
    return household


def _surnames_of_parents(rng: Rng, crowd: Crowd, home: Ints, mothers: int, homes: dict[str, np.ndarray]) -> None:
    """A couple mostly share a surname; a mother who changed hers keeps the former one on record."""
    crowd.surname = surnames_for(rng, crowd.community)
    family = texts([None] * len(homes["kids"]))
    family[home[mothers:]] = crowd.surname[mothers:]
    own = crowd.surname[:mothers].copy()
    shares = (family[home[:mothers]] != None) & (rng.random(mothers) < 0.66)  # noqa: E711  (element by element)
    crowd.surname[:mothers] = np.where(shares, family[home[:mothers]], own)
    crowd.former[:mothers] = either(shares & (rng.random(mothers) < 0.6), own, None)


def _crowd_of_children(
    rng: Rng, homes: dict[str, np.ndarray], children: dict[str, np.ndarray], parents: Crowd, mother: Ints, father: Ints
) -> Crowd:
    count = len(children["home"])
    crowd = _plain(rng, np.where(children["age"] < 18, "child", "grown child").tolist(), children["age"], None)
    crowd.born, crowd.household, crowd.mother, crowd.father = children["born"], children["home"], mother, father
    crowd.community = texts(homes["community"][children["home"]].tolist())
    crowd.surname = _surnames_of_children(rng, homes, children["home"], parents, mother, father)
    changed = whether(rng, count, 0.03)
    crowd.former = texts(either(changed, surnames_for(rng, crowd.community), None).tolist())
    mixed = homes["community"][children["home"]] != homes["fathers"][children["home"]]
    crowd.ethnicity = _ethnicities(rng, crowd.community, texts(homes["fathers"][children["home"]].tolist()), mixed)
    return crowd


def _surnames_of_children(
    rng: Rng, homes: dict[str, np.ndarray], home: Ints, parents: Crowd, mother: Ints, father: Ints
) -> Texts:
    """One family name for a household: mostly the father's, else the mother's, sometimes both."""
    offset = len(cast.PEOPLE)
    names = np.append(parents.surname, [None])
    fathers, mothers = (names[np.where(who < 0, len(parents), who - offset)] for who in (father, mother))
    chance = rng.random(len(homes["kids"]))[home]
    one = np.where((fathers != None) & (chance < 0.8), fathers, mothers)  # noqa: E711  (element by element)
    made = surnames_for(rng, homes["community"])[home]
    one = np.where(one == None, np.where(fathers == None, made, fathers), one)  # noqa: E711
    double = (chance > 0.95) & (mothers != fathers) & (mothers != None) & (fathers != None)  # noqa: E711
    joined = [f"{m}-{f}" if d else o for m, f, d, o in zip(mothers, fathers, double, one, strict=True)]
    return texts(joined)


def _ethnicities(rng: Rng, community: Texts, fathers: Texts, mixed: np.ndarray) -> Texts:
    code = [COMMUNITIES[name][1] for name in community]
    for at in np.flatnonzero(mixed):
        other = community[at] if fathers[at] in ("british", "irish", "polish") else fathers[at]
        code[at] = MIXED.get(other, "MOTH" if community[at] != "british" or other != "british" else code[at])
    return texts(code)


def _plain(rng: Rng, roles: list[str], age: np.ndarray, today: date | None) -> Crowd:
    """People with a role and an age, everything else still to be said."""
    count = len(roles)
    sex = np.where(rng.random(count) < 0.513, "M", "F")
    sex = np.where(np.array(roles) == "mother", "F", np.where(np.array(roles) == "father", "M", sex))
    day = np.datetime64(today or date(2000, 1, 1), "D") - (age * YEAR).astype(int)
    none, nobody = texts([None] * count), np.full(count, -1)
    return Crowd(
        texts(roles),
        texts(sex.tolist()),
        day,
        none.copy(),
        none.copy(),
        nobody.copy(),
        nobody.copy(),
        nobody.copy(),
        none.copy(),
        none.copy(),
    )


def _others(rng: Rng, size: Size, today: date, first_household: int) -> Crowd:
    """Adults without children at home: neighbours, grandparents, foster carers, adults of concern, care leavers."""
    count = size.other_adults
    share = [0.02, 0.035, 0.055, 0.012, 0.878]
    roles = pick(rng, ("care leaver", "grandparent", "carer", "adult of concern", "neighbour"), count, share)
    roles[:12] = ["adult of concern", "care leaver", "carer"] * 4  # even the smallest town has some of each
    age = rng.uniform(19, 80, count)
    spans = {"care leaver": (18.1, 24.9), "grandparent": (48, 82), "carer": (32, 66), "adult of concern": (18.5, 46)}
    for role, (low, high) in spans.items():
        here = roles == role
        age[here] = rng.uniform(low, high, int(here.sum()))
    crowd = _plain(rng, roles.tolist(), age, today)
    crowd.sex[(roles == "adult of concern") & (rng.random(count) < 0.8)] = "M"
    crowd.community = pick(rng, NAMES, count, [COMMUNITIES[name][0] for name in NAMES])
    crowd.household = first_household + np.arange(count) // 2
    crowd.surname = surnames_for(rng, crowd.community)
    return crowd


def _arrivals(rng: Rng, size: Size, today: date, first_household: int) -> list[Crowd]:
    """Children who came alone to seek safety, and children other authorities have placed here."""
    alone = _plain(rng, ["arrived alone"] * _alone(size), rng.uniform(14.2, 17.9, _alone(size)), today)
    alone.community = pick(rng, ARRIVED_ALONE, len(alone))
    alone.sex[rng.random(len(alone)) < 0.85] = "M"
    placed = _plain(rng, ["placed child"] * _placed(size), rng.uniform(9, 17.9, _placed(size)), today)
    placed.community = pick(rng, NAMES, len(placed), [COMMUNITIES[name][0] for name in NAMES])
    for number, crowd in enumerate((alone, placed)):
        crowd.surname = surnames_for(rng, crowd.community)
        crowd.household = first_household + 100_000 * number + np.arange(len(crowd)) // 3
    return [alone, placed]


def _joined(crowds: list[Crowd]) -> Crowd:
    fields = {name: np.concatenate([getattr(crowd, name) for crowd in crowds]) for name in Crowd.__dataclass_fields__}
    joined = Crowd(**fields)
    _, joined.household = np.unique(joined.household, return_inverse=True)
    missing = joined.ethnicity == None  # noqa: E711  (element by element)
    joined.ethnicity[missing] = [COMMUNITIES[name][1] for name in joined.community[missing]]
    return joined


def _table(rng: Rng, crowd: Crowd, homes: Homes, seed: int, today: date) -> pl.DataFrame:
    count, offset = len(crowd), len(cast.PEOPLE)
    age = (np.datetime64(today, "D") - crowd.born).astype(int) / YEAR
    era = texts(np.where(age < 27, "young", np.where(age < 61, "middle", "old")).tolist())
    first = _no_shared_names(rng, names_for(rng, crowd.community, crowd.sex, era), crowd, era)
    middle = names_for(rng, crowd.community, crowd.sex, era)
    moved = whether(rng, count, 0.26)
    old = len(homes.line) - 1 - crowd.household % (len(homes.line) - int(crowd.household.max()) - 1)
    language = texts([COMMUNITIES[name][2] for name in crowd.community])
    adult = age >= 18
    needs = whether(rng, count, 0.22) & (language != "English") & adult
    return pl.DataFrame(
        {
            "pid": np.arange(count) + offset,
            "role": crowd.role.tolist(),
            "sex": crowd.sex.tolist(),
            "born": crowd.born,
            "community": crowd.community.tolist(),
            "ethnicity": crowd.ethnicity.tolist(),
            "first_name": first.tolist(),
            "middle_names": either(whether(rng, count, 0.72), middle, None).tolist(),
            "last_name": crowd.surname.tolist(),
            "former_last_name": crowd.former.tolist(),
            "known_as": _known_as(rng, first).tolist(),
            "household": crowd.household,
            "mother": crowd.mother,
            "father": crowd.father,
            "ward": homes.ward[crowd.household],
            "address": homes.line[crowd.household].tolist(),
            "postcode": homes.postcode[crowd.household].tolist(),
            "old_address": either(moved, homes.line[old], None).tolist(),
            "old_postcode": either(moved, homes.postcode[old], None).tolist(),
            "language": language.tolist(),
            "interpreter": needs,
            "school": pl.Series([None] * count, dtype=pl.String),
            **_numbers(rng, crowd, first, adult, seed),
        }
    )


def _no_shared_names(rng: Rng, first: Texts, crowd: Crowd, era: Texts) -> Texts:
    """Brothers and sisters do not share a first name."""
    for _ in range(4):
        family = pl.DataFrame({"home": crowd.household, "name": first.tolist(), "sex": crowd.sex.tolist()})
        again = (family.with_row_index().filter(pl.int_range(pl.len()).over("home", "name") > 0))["index"].to_numpy()
        first[again] = names_for(rng, crowd.community[again], crowd.sex[again], era[again])
    return first


def _known_as(rng: Rng, first: Texts) -> Texts:
    table, chance = nicknames(), rng.random(len(first))
    names = [table.get(name) for name in first]
    return texts([n[0] if n and c < 0.4 else None for n, c in zip(names, chance, strict=True)])


def _numbers(rng: Rng, crowd: Crowd, first: Texts, adult: np.ndarray, seed: int) -> dict[str, list[str | None]]:
    count, offset = len(crowd), len(cast.PEOPLE)
    has_phone = (adult & whether(rng, count, 0.9)) | whether(rng, count, 0.15)
    email = [
        f"{f}.{s}{n}@example.org".lower().replace("'", "")
        for f, s, n in zip(first, crowd.surname, rng.integers(1, 999, count), strict=True)
    ]
    return {
        "phone": either(has_phone, phones(rng, count), None).tolist(),
        "email": either(adult & whether(rng, count, 0.5), texts(email), None).tolist(),
        "nhs_number": nhs_numbers(count + offset, seed)[offset:].tolist(),
        "upn": either(adult & (crowd.role != "grown child"), None, upns(count + offset, seed)[offset:]).tolist(),
    }


def phones(rng: Rng, count: int) -> Texts:
    """Phone numbers from the ranges Ofcom keeps for drama: a mobile 07700 900xxx or Severnmouth's 01632 960xxx."""
    tail, mobile = rng.integers(200, 1000, count), rng.random(count) < 0.8
    return texts([f"07700 900{n}" if m else f"01632 960{n}" for n, m in zip(tail.tolist(), mobile, strict=True)])


def _with_cast(table: pl.DataFrame, today: date) -> pl.DataFrame:
    rows = [_cast_row(person, today) for person in cast.PEOPLE]
    nhs, upn = nhs_numbers(len(rows), 0), upns(len(rows), 0)
    for row, number, pupil in zip(rows, nhs, upn, strict=True):
        row["nhs_number"], row["upn"] = number, pupil if row["school"] or row["role"] == "child" else None
    household = int(table["household"].max()) + 1  # type: ignore[arg-type]
    homes = sorted({person.home for person in cast.PEOPLE})
    for row, person in zip(rows, cast.PEOPLE, strict=True):
        row["household"] = household + homes.index(person.home)
    return pl.concat([pl.DataFrame(rows, schema=table.schema), table])


def _cast_row(person: cast.CastPerson, today: date) -> dict[str, object]:
    address, postcode = cast.HOMES[person.home]
    return {
        "pid": person.pid,
        "role": person.role,
        "sex": person.sex,
        "born": person.born(today),
        "community": person.community,
        "ethnicity": person.ethnicity,
        "first_name": person.first_name,
        "middle_names": person.middle_names or None,
        "last_name": person.last_name,
        "former_last_name": person.former_last_name or None,
        "known_as": person.known_as or None,
        "mother": person.mother,
        "father": person.father,
        "ward": cast_ward(person.home),
        "address": address,
        "postcode": postcode,
        "old_address": None,
        "old_postcode": None,
        "language": person.language,
        "interpreter": person.interpreter,
        "school": person.school or None,
        "phone": f"07700 900{100 + person.pid}",
        "email": None,
        "nhs_number": None,
        "upn": None,
    }


def ward_name(number: int) -> str:
    """A ward's name from its number."""
    return WARDS[number].name
