"""A cut: taken whole, without names, of what everybody may count; the same rows are the same cut."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import DatabaseError

from kith.foundations.access.models import Scope
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.insight.actions.cuts import take_cut
from kith.insight.engine import cutting
from kith.insight.engine.measuring import count_again
from kith.insight.engine.places import area_kept
from kith.insight.engine.star import EXTRACTS, Extract
from kith.insight.models import Cut, Pseudonym
from kith.insight.queries.cuts import cuts, folder_of, what_changed
from kith.insight.queries.under_way import HowFar, how_far
from kith.missing.actions.episodes import Reported, report_missing
from kith.subjects.models import RestrictedPart
from tests.support.cast import NOW, Cast, make_cast, make_entry, make_person, make_place

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


def a_life(cast: Cast) -> None:
    amara = make_person("Amara Zephyrine", sex="F", ethnicity="BCRB", postcode="QX3 1AR", address="7 Wobblegate Lane")
    park = make_place("Harbour Park", latitude=50.93, longitude=-6.55, postcode="QX3 5SQ")
    make_entry("Words about her", amara, park, kind="crime-victim", details={"offence": "Threats"}, on=day(40))
    gone = NOW - timedelta(days=50)
    told = Reported(amara.pk, cast.police.pk, "missing", gone, back_at=gone + 9 * HOUR, number="MP/1")
    report_missing(reported=told, by=cast.raj, now=gone + HOUR)


def day(ago: int) -> Any:
    return (NOW - timedelta(days=ago)).date()


def taken(cast: Cast, now: datetime = NOW) -> Cut:
    return take_cut(purpose="The annual report's figures", by=cast.uma, now=now)


def asked(cut: Cut, sql: str) -> list[Any]:
    tables = {path.stem: pl.scan_parquet(path) for path in folder_of(cut).glob("*.parquet")}
    return pl.SQLContext(tables).execute(sql, eager=True).rows()


def test_a_cut_holds_what_happened_and_nobodys_name(cast: Cast) -> None:
    a_life(cast)
    cut = taken(cast)
    child, sex, ethnicity, locality, born = asked(cut, "select child, sex, ethnicity, locality, born from people")[0]
    assert (sex, ethnicity, locality, str(born)) == ("F", "black", "East Central", "2010-12-01")
    crime = f"select what, child = '{child}', place <> '' from events where kind = 'crime-victim'"
    assert asked(cut, crime) == [("Threats", True, True)]
    assert asked(cut, "select count(*), min(agency_kind) from accounts") == [(1, "police")]
    everything = b"".join(path.read_bytes() for path in folder_of(cut).rglob("*") if path.is_file()).lower()
    for row in ("people", "events", "absences", "accounts"):
        everything += str(asked(cut, f"select * from {row}")).lower().encode()
    for word in (b"zephyrine", b"wobblegate", b"qx3 1ar", b"words about her", b"mp/1"):
        assert word not in everything


def test_whoever_waits_for_a_cut_is_told_how_far_it_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[HowFar | None] = []
    asked_of_the_database = cutting._asked

    def asking(cursor: Any, extract: Extract) -> pl.DataFrame:
        told.append(how_far())
        return asked_of_the_database(cursor, extract)

    monkeypatch.setattr(cutting, "_asked", asking)
    taken(cast)
    assert told == [HowFar(number, len(EXTRACTS)) for number in range(len(EXTRACTS))]
    assert how_far() is None


def test_of_where_somebody_lives_only_the_fifth_of_deprivation_is_kept(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.AREA = tmp_path / "area"
    told = {"edition": "2025", "source": "Invented for a test", "now": NOW}
    lists = {"deprivation": {"L0000001": 2, "L0000002": 9}, "postcodes": {"QX31AR": "L0000001", "QX71AA": "L0000002"}}
    given = tmp_path / "given.csv"
    given.write_text("as given", encoding="utf-8")
    for kind, rows in lists.items():
        area_kept.keep(settings.AREA, given, rows, kind=kind, **told)
    for name, postcode in (("Amara", "QX3 1AR"), ("Ben", "qx7 1aa"), ("Cai", "QX9 9ZZ"), ("Dee", "")):
        make_person(f"{name} Zephyrine", postcode=postcode)
    cut = taken(cast)
    assert sorted(asked(cut, "select fifth from people")) == [("",), ("",), ("1",), ("5",)]
    everything = str(asked(cut, "select * from people")).lower()
    for word in ("qx3", "qx7", "l000000", "postcode"):
        assert word not in everything
    assert "postcode" not in pl.read_parquet_schema(folder_of(cut) / "people.parquet")


def test_whether_somebody_was_a_child_is_asked_of_the_day(cast: Cast) -> None:
    grown = make_person("Grown Since", date_of_birth=day(20).replace(year=day(20).year - 18), is_child=False)
    unknown = make_person("No Birthday", date_of_birth=None, is_child=True)
    for ago in (21, 20):  # the day before their eighteenth birthday, and the day itself
        make_entry("Words", grown, kind="crime-victim", details={"offence": f"{ago} days ago"}, on=day(ago))
    make_entry("Words", unknown, kind="crime-victim", details={"offence": "Threats"}, on=day(9))
    found = asked(taken(cast), "select what, is_child from events where kind = 'crime-victim' order by what")
    assert found == [("20 days ago", False), ("21 days ago", True), ("Threats", True)]


def test_the_same_rows_are_the_same_cut_and_its_bytes(cast: Cast) -> None:
    a_life(cast)
    first, again = taken(cast), taken(cast, NOW + HOUR)
    assert first == again
    assert Cut.objects.count() == 1
    make_person("Ben Newcomer")
    assert taken(cast, NOW + 2 * HOUR).sha256 != first.sha256


def test_codes_stay_and_a_figure_counted_again_is_the_same(cast: Cast) -> None:
    a_life(cast)
    cut = taken(cast)
    codes = set(Pseudonym.objects.values_list("code", flat=True))
    make_person("Ben Newcomer")
    taken(cast, NOW + HOUR)
    assert codes < set(Pseudonym.objects.values_list("code", flat=True))
    again = count_again(folder_of(cut))
    assert again.counted > 80
    assert again.different == ()
    kept = json.loads((folder_of(cut) / "figures" / "missing-reports.json").read_text())
    assert kept["windows"]["twelve-months:2025-11:2026-10"][""][""][:2] == [1, 1]


def test_a_changed_file_is_found(cast: Cast) -> None:
    a_life(cast)
    cut = taken(cast)
    assert what_changed(cut) == []
    path = folder_of(cut) / "people.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    assert what_changed(cut) == ["people.parquet"]


def test_only_analysts_take_cuts_and_only_the_partnership_sees_them(cast: Cast) -> None:
    a_life(cast)
    for who in (cast.asha, cast.hana, cast.vera, cast.dev):
        with pytest.raises(NotAllowed):
            take_cut(purpose="Out of interest in it", by=who, now=NOW)
    taken(cast)
    for who, sees in ((cast.uma, 1), (cast.vera, 1), (cast.asha, 1), (cast.dev, 0), (cast.ellis, 0)):
        with viewing_as(who):
            assert cuts().count() == sees, who.name
            assert Pseudonym.objects.count() == 0


def test_a_cut_never_changes_in_the_database(cast: Cast) -> None:
    a_life(cast)
    taken(cast)
    with pytest.raises(DatabaseError, match="never change"):
        Cut.objects.update(purpose="Something else")


def test_what_has_an_audience_of_its_own_is_in_no_cut(cast: Cast) -> None:
    a_life(cast)
    amara = make_person("Amara Osei")
    own = Scope.objects.create(kind="restricted")
    RestrictedPart.objects.create(subject=amara, audience="sexual-health", scope=own)
    entry = make_entry("Private", amara, kind="sexual-health-visit", on=day(3))
    entry.about.update(scope=own)
    assert asked(taken(cast), "select count(*) from events where kind = 'sexual-health-visit'") == [(0,)]


def test_where_a_child_was_found_is_told_by_code_and_a_home_never_is(cast: Cast) -> None:
    amara = make_person("Amara Zephyrine")
    coach = make_place("Coach Station", kind="coach-station", postcode="QX99 1ZZ")
    home = make_place("7 Wobblegate Lane", kind="home", postcode="QX3 1AR")
    told = [{"found_place_id": coach.pk}, {"found_place_id": home.pk}, {"found_at_place": "Behind the arcade"}, {}]
    for number, found in enumerate(told):
        gone = NOW - timedelta(days=50 - 9 * number)
        said = Reported(amara.pk, cast.police.pk, "missing", gone, back_at=gone + HOUR, number=f"MP/{number}", **found)
        report_missing(reported=said, by=cast.raj, now=gone + 2 * HOUR)
    cut = taken(cast)
    (code,) = asked(cut, "select place from places where kind = 'coach-station' and outside")[0]
    found = asked(cut, "select found, found_kind from absences order by gone")
    assert found == [(code, "coach-station"), ("", "home"), ("", "words"), ("", "")]
    assert asked(cut, "select count(*) from places where kind = 'home'") == [(0,)]


def test_how_somebody_travelled_is_a_code(cast: Cast) -> None:
    make_entry("Words", make_person("Amara"), kind="nrm-referral", details={"travelled": "coach"}, on=day(9))
    assert asked(taken(cast), "select way from events") == [("coach",)]
