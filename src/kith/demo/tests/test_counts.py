"""The town's yearly counts come out the size of those in published reports (see the seeds named in `lives/`)."""

from datetime import date, timedelta

import polars as pl
import pytest

from kith.demo.area import places
from kith.demo.lives import LIVES
from kith.demo.lives.school import EXPLOITATION
from kith.demo.lives.streets import EXPLOITATION_OFFENCES, SAFER_DAYS_AGO, SAFER_PLACE
from kith.demo.size import SIZES
from kith.demo.world import World, make_world

TODAY = date(2026, 11, 20)
YEAR = TODAY - timedelta(days=365)


@pytest.fixture(scope="module")
def town() -> World:
    """What truly happened in a whole town; no files."""
    world = make_world(SIZES["town"], 7, TODAY)
    for live in LIVES:
        live(world)
    return world


def _near(found: float, wanted: float, share: float = 0.12) -> bool:
    return abs(found - wanted) <= share * wanted


def test_there_are_24_000_children_among_about_70_000_people(town: World) -> None:
    assert _near(int((town.age < 18).sum()), 24_000, 0.005)
    assert _near(len(town.people), 70_000)


def test_contacts_about_harm_outside_the_home(town: World) -> None:
    events = town.events["outside_home"]
    last = events.filter(pl.col("day") >= YEAR)
    before = events.filter(pl.col("day").is_between(YEAR - timedelta(days=365), YEAR, closed="left"))
    shares = dict(last["outcome"].value_counts(normalize=True).iter_rows())
    assert _near(len(last), 1_385)
    assert _near(len(last) / len(before), 1.184)
    assert _near(shares["Social worker"], 0.46)
    assert _near(shares["Early help"], 0.10, 0.2)


def test_missing_children_episodes_and_return_conversations(town: World) -> None:
    year = town.events["missing"].filter(pl.col("gone") >= YEAR)
    assert _near(year["person"].n_unique(), 165)
    assert _near(len(year), 495)
    assert 0.85 <= year["offered"].is_not_null().mean() <= 0.97
    in_time = year.filter(pl.col("talked").is_not_null()).select(
        ((pl.col("talked") - pl.col("back")) <= timedelta(hours=72)).mean()
    )
    assert 0.5 <= in_time.item() <= 0.75


def test_children_with_plans_and_in_care(town: World) -> None:
    planned = town.events["referrals"].filter(pl.col("plan").is_not_null() & pl.col("end").is_null())
    assert _near(planned.filter(pl.col("path") == 3).height, 268)
    assert _near(planned.filter(pl.col("path") == 4).height, 108)
    assert _near(town.events["care"].filter(pl.col("end").is_null()).height, 226)
    assert _near(town.events["referrals"].filter(pl.col("start") >= YEAR).height, 1_024)


def test_exploited_children_and_their_plans(town: World) -> None:
    spans = town.events["exploited"].filter(pl.col("until").is_null() | (pl.col("until") >= YEAR))
    counts = dict(spans.group_by("harm").agg(pl.col("person").n_unique()).iter_rows())
    assert _near(counts["criminal exploitation"], 97)
    assert _near(counts["sexual exploitation"], 118)
    children = town.events["exploited"]["person"].unique()
    plans = set(town.events["education_plans"]["person"])
    assert 0.2 <= sum(child in plans for child in children) / len(children) <= 0.32
    told = town.events["outside_home"].filter((pl.col("day") >= YEAR) & pl.col("harm").is_in(EXPLOITATION))["person"]
    assert 0.22 <= sum(child in plans for child in told.unique()) / told.n_unique() <= 0.32
    pupils = town.aged(4.5, 17.97)
    assert 0.04 <= len(plans) / len(pupils) <= 0.055  # of all pupils no more than before


def test_a_third_of_protection_plans_are_not_the_first(town: World) -> None:
    plans = town.events["referrals"].filter((pl.col("path") == 4) & pl.col("plan").is_not_null())
    assert _near(plans["earlier_plan"].is_not_null().mean(), 0.36, 0.15)


def test_crimes_at_home_of_both_years(town: World) -> None:
    """The annual tables: 2,669 and 2,985 marked as domestic abuse, 72 and 109 harmed someone of 16 or 17, 106 and 108
    were cruel to children."""
    crimes = town.events["crimes"].filter(pl.col("part") == "victim")
    day = crimes["at"].dt.date()
    age = (day.to_numpy().astype("datetime64[D]") - town.born[crimes["person"].to_numpy()]).astype(int) / 365.25
    crimes = crimes.with_columns(day=day, age=pl.Series(age))
    wanted = ((YEAR, TODAY, 2_669, 72, 106), (YEAR - timedelta(days=365), YEAR, 2_985, 109, 108))
    for begins, ends, domestic, young, cruel in wanted:
        year = crimes.filter(pl.col("day").is_between(begins, ends, closed="left"))
        at_home = year.filter("domestic")
        assert _near(len(at_home), domestic)
        assert _near(at_home.filter(pl.col("age").is_between(16, 18, closed="left")).height, young, 0.2)
        cruelty = year.filter(pl.col("offence") == "Cruelty to or neglect of a child")
        assert _near(len(cruelty), cruel, 0.15)
        assert cruelty["age"].max() < 16


def test_what_became_of_crimes_comes_after_them_and_courts_come_last(town: World) -> None:
    known = town.events["crimes"].join(town.events["crime_outcomes"], on="crime")
    assert (known["closed"] > known["at"].dt.date()).all()
    assert known.filter(pl.col("court").is_not_null())["outcome"].unique().to_list() == ["1"]
    exploited = known.filter(pl.col("offence").is_in(EXPLOITATION_OFFENCES) & pl.col("outcome").is_not_null())
    assert 0.08 <= (exploited["outcome"] == "1").mean() <= 0.2


def test_one_group_has_dissolved_and_most_others_have_not(town: World) -> None:
    groups = town.events["groups"]
    assert groups.filter(pl.col("group") == 1)["until"].item() == TODAY - timedelta(days=240)
    assert 0.5 <= groups["until"].is_null().mean() <= 0.85


def test_one_place_became_safer_after_work_there(town: World) -> None:
    spot = places()["name"].to_list().index(SAFER_PLACE)
    done = TODAY - timedelta(days=SAFER_DAYS_AGO)
    days = town.events["nuisance"].filter(pl.col("spot") == spot)["at"].dt.date()
    after = len(days.filter(days >= done)) / SAFER_DAYS_AGO
    before = len(days.filter(days < done)) / ((done - town.start).days)
    assert after < 0.5 * before


def test_academies_at_three_and_clubs_after_midnight(town: World) -> None:
    table = places().with_row_index("spot").select(spot=pl.col("spot").cast(pl.Int64), kind="kind", place="name")
    events = pl.concat([town.events[name].select("spot", "at") for name in ("crimes", "stops", "nuisance")])
    events = events.join(table, on="spot")
    academies = events.filter(pl.col("place").is_in(["Harbour View Academy", "Fernhill Academy"]))
    at_three = academies.filter((pl.col("at").dt.hour() == 15) & (pl.col("at").dt.weekday() <= 5))
    clubs = events.filter(pl.col("kind") == "nightclub")
    assert len(at_three) / len(academies) > 0.5
    assert len(clubs.filter(pl.col("at").dt.hour() < 7)) / len(clubs) > 0.65
