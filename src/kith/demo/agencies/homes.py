"""Homes and streets: tenancies, homelessness, council tax, licensed premises, taxi drivers, youth work."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import pick, some
from kith.demo.dress import COMPACT, ISO, column_text, dated, day_array, days_of, place_column, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.size import YEARS
from kith.demo.world import World

HOMELESS, DRIVERS = 380, 620
LICENSED = ("nightclub", "pub", "takeaway", "hotel", "serviced apartments", "supermarket")


def feeds(world: World) -> list[Feed]:
    """Every housing and street feed."""
    return [
        tenancies(world),
        homelessness(world),
        council_tax(world),
        premises(world),
        drivers(world),
        youth_work(world),
    ]


def _households(world: World) -> pl.DataFrame:
    """Household, its first adult, second adult and everyone in it."""
    people = world.people.select("pid", "household", "role").filter(
        ~pl.col("role").is_in(["placed child", "arrived alone"])
    )
    adult = people.filter(pl.Series(world.age[people["pid"].to_numpy()] >= 18)).group_by(
        "household", maintain_order=True
    )
    return adult.agg(first=pl.col("pid").first(), second=pl.col("pid").get(1, null_on_oob=True)).sort("household")


def tenancies(world: World) -> Feed:
    """Council and housing association tenancies: a row for each person in the home."""
    homes = _households(world).filter(pl.col("household") % 3 == 1)
    members = world.people.select("pid", "household").join(homes, on="household").sort("household", "pid")
    members = members.filter(~pl.col("pid").is_in([cast.ISLA.pid, cast.ISLAS_MOTHER.pid]))
    who, tenant = members["pid"].to_numpy(), members["first"].to_numpy()
    seen = world.seen("housing/tenancy", who, "tenancies")
    since = np.datetime64(world.today, "D") - 120 - members["household"].to_numpy() * 53 % 4000
    frame = pl.DataFrame(
        {
            "Tenancy": serial("T", members["household"], 7),
            "PersonNo": seen["key"],
            "TenantNo": column_text(world.note("housing/tenancy", tenant)),
            "Relation": pl.Series(np.where(who == tenant, "Tenant", "Household").tolist()),
            "Surname": seen["last_name"],
            "Forenames": seen["first_name"],
            "DoB": dated(seen["born"]),
            "Address": world.people["address"].gather(tenant),
            "Postcode": world.people["postcode"].gather(tenant),
            "TenancyStart": dated(since),
            "Phone": seen["phone"],
        }
    )
    return Feed(
        "housing-tenancies",
        "council-housing",
        "tenancies_",
        frame,
        who,
        Shape(delimiter=";", encoding="cp1252", line_end="\r\n"),
        mode="snapshot",
        days_ago=(30,),
        faults=(
            Fault("PersonNo", None, "no person number"),
            Fault("TenancyStart", "31/04/2020", "the day does not exist"),
            Fault("DoB", "12/13/2012", "month and day the wrong way round", "reject"),
        ),
    )


def homelessness(world: World) -> Feed:
    """Applications by families who are losing or have lost their home."""
    rng = world.rng("homelessness")
    mothers = world.with_role("mother")
    who = some(rng, mothers, round(world.size.yearly(HOMELESS, 5) * YEARS))
    day = np.sort(world.days(rng, len(who)))
    seen = world.seen("housing/homeless", who, "homelessness")
    frame = pl.DataFrame(
        {
            "application": serial("HA", pl.Series(range(len(who)))),
            "personNo": seen["key"],
            "surname": seen["last_name"],
            "forename": seen["first_name"],
            "dob": dated(seen["born"], ISO),
            "applied": dated(day, ISO),
            "lastPostcode": seen["postcode"],
            "reason": column_text(
                pick(
                    rng,
                    (
                        "End of private tenancy",
                        "Domestic abuse",
                        "Family no longer able to accommodate",
                        "Threats from people outside the home",
                    ),
                    len(who),
                    [46, 22, 26, 6],
                )
            ),
            "children": column_text([str(n) for n in rng.integers(1, 4, len(who))]),
            "stage": column_text(pick(rng, ("Prevention", "Relief", "Main duty", "Closed"), len(who))),
        }
    )
    return Feed(
        "housing-homelessness",
        "council-housing",
        "homelessness_",
        frame,
        who,
        Shape("jsonl"),
        day,
        days_ago=(28, 3),
        late=("stage",),
        faults=(
            Fault("applied", "2026-02-29", "the day does not exist"),
            Fault("application", None, "no application number"),
        ),
    )


def council_tax(world: World) -> Feed:
    """Council tax accounts, fixed width: up to two people to pay for each home."""
    homes = _households(world).filter((pl.col("household") % 9 != 4) & ~pl.col("first").is_in([cast.ISLAS_MOTHER.pid]))
    first, second = homes["first"].to_numpy(), homes["second"].fill_null(-1).to_numpy()
    one = world.seen("council/tax", first, "tax")
    both = pl.Series(second >= 0)
    two = world.view("council/tax")[np.maximum(second, 0)]
    second_key = column_text(world.keys("council/tax", np.maximum(second, 0)))
    world.note("council/tax", second[second >= 0])
    frame = pl.DataFrame(
        {
            "account": serial("", homes["household"], 9),
            "key1": one["key"],
            "surname1": one["last_name"].str.strip_chars(),
            "forename1": one["first_name"].str.strip_chars(),
            "key2": pl.select(pl.when(both).then(second_key))[:, 0],
            "surname2": pl.select(pl.when(both).then(two["last_name"].str.strip_chars()))[:, 0],
            "forename2": pl.select(pl.when(both).then(two["first_name"].str.strip_chars()))[:, 0],
            "address": world.people["address"].gather(first).str.to_uppercase(),
            "postcode": world.people["postcode"].gather(first),
            "from": dated(np.datetime64(world.today, "D") - 60 - homes["household"].to_numpy() * 31 % 3000, COMPACT),
        }
    )
    return Feed(
        "council-tax",
        "council-revenues",
        "CTAX",
        frame,
        first,
        Shape("fixed", encoding="latin-1", widths=(9, 9, 26, 20, 9, 26, 20, 40, 8, 8), line_end="\r\n"),
        mode="snapshot",
        days_ago=(47,),
        file_date="%Y%m%d",
        faults=(Fault("account", "", "no account number"), Fault("from", "20230229", "the day does not exist")),
    )


def premises(world: World) -> Feed:
    """Licensed premises, the whole register: places, and who answers for each."""
    table = places().filter(pl.col("kind").is_in(LICENSED))
    rng = world.rng("premises")
    who = rng.permutation(world.with_role("neighbour"))[: len(table)]
    seen = world.seen("council/licensing", who, "premises")
    frame = pl.DataFrame(
        {
            "Licence": serial("PL", pl.Series(range(len(table))), 4),
            "Premises": table["name"],
            "Type": table["kind"],
            "Postcode": table["postcode"],
            "Latitude": table["latitude"].cast(pl.String),
            "Longitude": table["longitude"].cast(pl.String),
            "Holder ID": seen["key"],
            "Holder surname": seen["last_name"],
            "Holder forename": seen["first_name"],
            "Holder DOB": dated(seen["born"]),
            "Granted": dated(np.datetime64(world.today, "D") - rng.integers(200, 3000, len(table))),
            "Conditions": column_text(
                pick(
                    rng,
                    (
                        "CCTV; door staff Friday and Saturday",
                        "No one under 18 after 21:00",
                        "Staff trained to spot exploitation",
                        "Deliveries before 20:00",
                    ),
                    len(table),
                )
            ),
        }
    )
    return Feed(
        "licensing-premises",
        "council-licensing",
        "premises_register_",
        frame,
        who,
        Shape(bom=True, quotes="always"),
        mode="snapshot",
        days_ago=(90, 12),
        faults=(Fault("Granted", "30/02/2019", "the day does not exist"), Fault("Licence", None, "no licence number")),
    )


def drivers(world: World) -> Feed:
    """Licensed taxi and private hire drivers."""
    rng = world.rng("drivers")
    men = world.with_role("father", "neighbour")
    who = some(rng, men, world.size.yearly(DRIVERS, 8))
    seen = world.seen("council/licensing", who, "drivers")
    frame = pl.DataFrame(
        {
            "Badge": seen["key"],
            "Surname": seen["last_name"],
            "First name": seen["first_name"],
            "DOB": days_of(seen["born"]),
            "Postcode": seen["postcode"],
            "Licensed from": days_of(np.datetime64(world.today, "D") - rng.integers(30, 1100, len(who))),
            "Expires": days_of(np.datetime64(world.today, "D") + rng.integers(5, 700, len(who))),
            "Safeguarding training": column_text(pick(rng, ("Yes", "No"), len(who), [93, 7])),
        }
    )
    return Feed(
        "licensing-taxi-drivers",
        "council-licensing",
        "Drivers ",
        frame,
        who,
        Shape("xlsx", title=("Licensed drivers",), sheet="Drivers"),
        mode="snapshot",
        days_ago=(64, 11),
        faults=(Fault("Badge", None, "no badge number"),),
    )


def youth_work(world: World) -> Feed:
    """Youth work attendance, UTF-16 as the spreadsheet saves it. Names as young people give them."""
    events = world.events["youth_sessions"]
    who, spot = events["person"].to_numpy(), events["spot"].to_numpy()
    seen = world.seen("youth/work", who, "sessions")
    frame = pl.DataFrame(
        {
            "row": serial("YS", events["session"]),
            "member": seen["key"],
            "first name": seen["first_name"],
            "surname": seen["last_name"],
            "dob": dated(seen["born"]),
            "date": dated(events["day"]),
            "where": place_column(spot),
            "where postcode": place_column(spot, "postcode"),
            "detached": pl.Series(np.where(events["detached"], "yes", "no").tolist()),
            "session": events["theme"],
        }
    )
    return Feed(
        "youth-work-sessions",
        "council-youth-work",
        "youth_sessions_",
        frame,
        who,
        Shape(delimiter="\t", encoding="utf-16"),
        day_array(events["day"]),
        days_ago=(27, 2),
        faults=(
            Fault("date", "31/09/2026", "the day does not exist"),
            Fault("member", None, "no member number"),
            Fault("dob", "14", "not a date", "note"),
        ),
    )
