"""The sealed truth is complete, and the files say what it says."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from kith.demo import cast
from kith.demo.feed import Delivery
from kith.demo.size import SIZES
from kith.demo.systems import number_in
from kith.demo.world import make_world

Sent = tuple[Path, list[Delivery]]
TODAY = date(2026, 11, 20)


def _truth(sent: Sent, name: str) -> pl.DataFrame:
    return pl.read_parquet(sent[0] / "truth" / f"{name}.parquet")


def test_every_planted_fault_is_listed_and_stands_where_it_says(sent: Sent) -> None:
    faults = pl.read_csv(sent[0] / "truth" / "planted_faults.csv")
    listed = {(row["feed"], row["fault"]) for row in faults.iter_rows(named=True)}
    wanted = {(d.feed.name, f.fault) for d in sent[1] for f in d.feed.faults}
    assert len(wanted - listed) <= 0.12 * len(wanted)  # the smallest files have too few rows to break
    by_file = {(d.feed.name, d.file): d for d in sent[1]}
    for row in faults.iter_rows(named=True):
        delivery = by_file[row["feed"], row["file"]]
        planted = {f.value for f in delivery.feed.faults if f.fault == row["fault"]}
        found = delivery.frame[row["column"]][row["row"] - 1]
        assert found is None or str(found) in {str(value) for value in planted}
        assert delivery.feed.about[0] is not None


def test_a_fault_is_on_the_line_it_says(sent: Sent) -> None:
    faults = pl.read_csv(sent[0] / "truth" / "planted_faults.csv").filter(
        (pl.col("feed") == "police-missing") & (pl.col("column") == "REPORTED_DATE")
    )
    row = faults.row(0, named=True)
    lines = (sent[0] / "feeds" / "severnmouth-police" / row["file"]).read_text().splitlines()
    assert "31/02/2026" in lines[row["line"] - 1]


def test_every_number_sent_belongs_to_one_person(sent: Sent) -> None:
    records = _truth(sent, "record_truth")
    assert records.select("system", "key").is_duplicated().sum() == 0
    keys = set(records.filter(pl.col("system") == "police/niche")["key"])
    for delivery in sent[1]:
        if delivery.feed.name == "police-missing":
            assert set(delivery.frame["NICHE_ID"].drop_nulls()) <= keys
            assert set(delivery.frame["WITH_NICHE_ID"].drop_nulls()) <= keys


def test_amara_is_in_twelve_systems_and_two_disagree_about_her(sent: Sent) -> None:
    records = _truth(sent, "record_truth").filter(pl.col("person") == cast.AMARA.pid)
    assert records["system"].n_unique() >= 12
    assert number_in("police/niche", cast.AMARA) in set(records["key"])
    born = cast.AMARA.born(TODAY)
    assert (born.replace(year=TODAY.year + 1) - TODAY).days in range(35, 60)
    (row,) = (
        _frame(sent, "police-missing")
        .filter(pl.col("NICHE_ID") == number_in("police/niche", cast.AMARA))
        .head(1)
        .to_dicts()
    )
    assert row["SURNAME"] == "OSIE"
    assert row["DOB"] == f"{born.month:02d}/{born.day:02d}/{born.year}"


def _frame(sent: Sent, name: str) -> pl.DataFrame:
    return pl.concat([d.frame for d in sent[1] if d.feed.name == name])


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 3, 1), date(2028, 2, 29), date(2026, 6, 30)])
def test_amara_is_always_fifteen_and_her_birthday_can_be_swapped(day: date) -> None:
    born = cast.AMARA.born(day)
    assert born.day <= 12
    assert born.day != born.month
    turns = born.replace(year=born.year + 16)
    assert timedelta(days=35) <= turns - day <= timedelta(days=60)


def test_the_cast_are_the_same_at_every_seed() -> None:
    one, two = (make_world(SIZES["tiny"], seed, TODAY) for seed in (1, 2))
    count = len(cast.PEOPLE)
    columns = ["first_name", "last_name", "born", "nhs_number", "upn", "postcode", "school"]
    assert one.people.head(count).select(columns).equals(two.people.head(count).select(columns))
    assert not one.people.tail(100).equals(two.people.tail(100))


def test_islas_existence_is_known_only_where_it_may_not_be_told(sent: Sent) -> None:
    records = _truth(sent, "record_truth").filter(pl.col("person") == cast.ISLA.pid)
    assert set(records["system"]) == {"health/sexual-health", "council/protected"}


def test_tyrese_has_a_thousand_entries(sent: Sent) -> None:
    log = _frame(sent, "seacroft-daily-log").filter(pl.col("residentNo") == number_in("care/seacroft", cast.TYRESE))
    assert log["noteId"].n_unique() >= 1_000


def test_asha_and_ben_have_their_children(sent: Sent) -> None:
    work = _frame(sent, "ssd-involvements")
    for worker, children, least in ((cast.ASHA, cast.ASHAS, 15), (cast.BEN, cast.BENS, 6)):
        held = set(work.filter(pl.col("invo_professional_id") == worker.email)["invo_person_id"])
        assert {number_in("council/csc", child) for child in children} <= held
        assert least <= len(held) <= 22


def test_twins_differ_only_in_their_first_name(sent: Sent) -> None:
    people = _truth(sent, "people").filter(pl.col("pid").is_in([cast.KAI.pid, cast.KANE.pid]))
    same = ["last_name", "born", "postcode", "address", "mother", "school"]
    assert people.select(same).n_unique() == 1
    assert people["first_name"].n_unique() == 2
    assert people["nhs_number"].n_unique() == 2


def test_zofias_thin_record_is_neither_clearly_hers_nor_clearly_not(sent: Sent) -> None:
    mine = _frame(sent, "youth-work-sessions").filter(pl.col("member") == number_in("youth/work", cast.ZOFIA))
    row = mine.head(1).to_dicts()[0]
    assert (row["first name"], row["surname"]) == ("Zosia", "Novak")
    assert row["dob"] == (cast.ZOFIA.born(TODAY) + timedelta(days=1)).strftime("%d/%m/%Y")


def test_staff_can_be_found_by_the_sign_in_that_work_is_given_to(sent: Sent) -> None:
    staff = set(_frame(sent, "ssd-professionals")["prof_professional_id"])
    assert {cast.ASHA.email, cast.BEN.email} <= staff
    assert set(_frame(sent, "ssd-involvements")["invo_professional_id"]) <= staff


LEAST_AGES = (
    ("events_stops", "at", 10.4), ("events_sexual", "at", 12.9), ("events_missing", "gone", 9.4),
    ("events_outside_home", "day", 9.4), ("events_absence", "term_start", 4.4), ("events_suspensions", "day", 4.9),
    ("events_exploited", "since", 11.3), ("events_substance", "at", 12.4), ("events_national", "sent", 11.3),
)  # fmt: skip


@pytest.mark.parametrize(("name", "when", "least"), LEAST_AGES)
def test_nobody_is_too_young_for_what_happened(sent: Sent, name: str, when: str, least: float) -> None:
    born = _truth(sent, "people").select(person="pid", born="born")
    events = _truth(sent, name).join(born, on="person")
    ages = events.select((pl.col(when).cast(pl.Date) - pl.col("born")).dt.total_days() / 365.25)[:, 0]
    assert len(ages) > 0
    assert ages.min() >= least


def test_no_child_under_ten_is_suspected_of_a_crime(sent: Sent) -> None:
    born = _truth(sent, "people").select(person="pid", born="born")
    suspects = _truth(sent, "events_crimes").filter(pl.col("part") == "suspect").join(born, on="person")
    ages = suspects.select((pl.col("at").cast(pl.Date) - pl.col("born")).dt.total_days() / 365.25)[:, 0]
    assert ages.min() >= 10
