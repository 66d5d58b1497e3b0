"""People, addresses, identifiers, mothers, families, disabilities."""

import json

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.agencies.education import moved
from kith.demo.agencies.social_care.tables import SYSTEM, table
from kith.demo.chance import Ints, either, pick
from kith.demo.dress import ISO, column_text, dated, serial
from kith.demo.feed import Fault, Feed
from kith.demo.world import World


def people_tables(world: World, known: Ints) -> list[Feed]:
    children, mothers = _mothers(world, known)
    who = np.concatenate([known, np.unique(mothers)])
    seen = world.seen(SYSTEM, who, "person")
    return [
        _person(world, who, seen),
        _address(world, who, seen),
        _identifiers(world, who, seen),
        _mother(world, children, mothers),
        _family(world, known),
        _disability(world, known),
    ]


def known_children(world: World) -> Ints:
    """Children and mothers the council knows: anyone in its tables. One cast child is never among them."""
    who = [
        world.events[name]["person"].to_numpy() for name in ("referrals", "care", "contacts", "outside_home", "missing")
    ]
    children = np.unique(np.concatenate([*who, [p.pid for p in cast.CHILDREN]]))
    return np.asarray(children[children != cast.ISLA.pid])


def _mothers(world: World, known: Ints) -> tuple[Ints, Ints]:
    referred = np.unique(world.events["referrals"]["person"].to_numpy())
    children = referred[world.people["mother"].to_numpy()[referred] >= 0]
    return children, world.people["mother"].to_numpy()[children]


def _person(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    child = pl.Series(world.age[who] < 18)
    has_upn = seen["upn"].is_not_null()
    frame = pl.DataFrame(
        {
            "pers_legacy_id": serial("L", pl.Series(who) % 90_000, 5),
            "pers_person_id": seen["key"],
            "pers_forename": seen["first_name"],
            "pers_surname": seen["last_name"],
            "pers_sex": seen["sex"],
            "pers_gender": seen["sex"].replace({"M": "01", "F": "02"}),
            "pers_ethnicity": world.people["ethnicity"].gather(who),
            "pers_dob": dated(seen["born"], ISO),
            "pers_common_child_id": seen["nhs_number"],
            "pers_upn_unknown": pl.select(pl.when(child & ~has_upn).then(pl.lit("UN5")))[:, 0],
            "pers_send_flag": pl.Series(np.where(np.isin(who, _plans(world)), "Y", "N").tolist()),
            "pers_expected_dob": column_text([None] * len(who)),
            "pers_death_date": column_text([None] * len(who)),
            "pers_is_mother": column_text(["0"] * len(who)),
            "pers_nationality": pl.Series(
                either(
                    world.role[who] == "arrived alone", world.people["community"].gather(who).str.to_titlecase(), None
                ).tolist(),
                dtype=pl.String,
            ),
        }
    )
    return table(
        "person",
        frame,
        who,
        faults=(
            Fault("pers_person_id", None, "no person number"),
            Fault("pers_dob", "2010-02-30", "the day does not exist"),
            Fault("pers_common_child_id", "9990001234", "the NHS number fails its check", "note"),
            Fault("pers_dob", "2034-06-01", "born in the future"),
        ),
    )


def _plans(world: World) -> Ints:
    return np.asarray(world.events["education_plans"]["person"].to_numpy())


def _address(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    has = seen["postcode"].is_not_null().to_numpy()
    who, seen = who[has], seen.filter(pl.Series(has))
    start = np.datetime64(world.today, "D") - 200 - (who * 37 % 2400)
    spelled = [
        json.dumps({"house": a.split(" ", 1)[0], "street": a.split(" ", 1)[-1], "town": "Severnmouth"})
        for a in seen["address"]
    ]
    frame = pl.DataFrame(
        {
            "addr_table_id": serial("A", pl.Series(who)),
            "addr_person_id": seen["key"],
            "addr_address_type": ["HOME"] * len(who),
            "addr_address_start_date": dated(start, ISO),
            "addr_address_end_date": column_text([None] * len(who)),
            "addr_address_postcode": seen["postcode"],
            "addr_address_json": spelled,
        }
    )
    before = moved(world, who, "unused", "addr_address_postcode").select("addr_address_postcode")
    return table("address", frame, who, before=before)


def _identifiers(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    has = seen["upn"].is_not_null().to_numpy()
    frame = pl.DataFrame(
        {
            "link_table_id": serial("LI", pl.Series(who[has])),
            "link_person_id": seen["key"].filter(pl.Series(has)),
            "link_identifier_type": ["Unique Pupil Number"] * int(has.sum()),
            "link_identifier_value": seen["upn"].filter(pl.Series(has)),
            "link_valid_from_date": column_text([None] * int(has.sum())),
            "link_valid_to_date": column_text([None] * int(has.sum())),
        }
    )
    return table(
        "linked_identifiers",
        frame,
        who[has],
        faults=(Fault("link_identifier_value", "A123456789012", "the pupil number fails its check", "note"),),
    )


def _mother(world: World, children: Ints, mothers: Ints) -> Feed:
    frame = pl.DataFrame(
        {
            "moth_table_id": serial("MO", pl.Series(children)),
            "moth_person_id": pl.Series(world.note(SYSTEM, mothers).tolist()),
            "moth_childs_person_id": pl.Series(world.note(SYSTEM, children).tolist()),
            "moth_childs_dob": dated(world.born[children], ISO),
        }
    )
    return table("mother", frame, children)


def _family(world: World, known: Ints) -> Feed:
    household = world.people["household"].gather(known)
    frame = pl.DataFrame(
        {
            "fami_table_id": serial("FA", pl.Series(known)),
            "fami_family_id": serial("F", household),
            "fami_person_id": pl.Series(world.note(SYSTEM, known).tolist()),
        }
    )
    return table("family", frame, known)


def _disability(world: World, known: Ints) -> Feed:
    rng = world.rng("disability")
    who = known[(rng.random(len(known)) < 0.09) & (known >= len(cast.PEOPLE))]
    who = np.append(who, cast.LEO.pid)
    code = pick(rng, ("LD", "CON", "AUT", "BEH", "COMM", "MOB", "HEAR", "VIS"), len(who), [25, 8, 34, 14, 10, 4, 3, 2])
    frame = pl.DataFrame(
        {
            "disa_table_id": serial("D", pl.Series(who)),
            "disa_person_id": pl.Series(world.note(SYSTEM, who).tolist()),
            "disa_disability_code": code.tolist(),
        }
    )
    return table("disability", frame, who)
