"""Problem profiles: what a small cut tells, told in tens; what is missing always with it; the same bytes again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.charts import Table
from kith.foundations.papers import FORMATS, Bullets, Heading, Paper, Words, write
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests.test_papers import READ
from kith.insight.actions.reports import begin_report, mark_of, sign_report, write_section
from kith.insight.engine import cutting
from kith.insight.engine.profiles import Wanted, profile, subjects_of
from kith.insight.models import Cut, Report, ReportSigned, ReportWords
from kith.insight.presenters.reports_paper import again_from_cut, final_paper, paper_of
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.reports import Asked, Written, paper_signed, reports, written
from kith.insight.rules.periods import read
from kith.insight.rules.profiles import Subject, SubjectKind, every_event, help_events, questions, themes
from kith.insight.rules.reports import Comparator, periods, report_kinds
from tests.support.cast import NOW, Cast, make_cast
from tests.support.small_cut import AS_AT, keep_cut, small_star, table

HOUR = timedelta(hours=1)
CHECKED = "Read all of its sections"
WHY = "To decide with the café what to do about afternoons"
NEWEST = "twelve-months:2025-11:2026-10"
KIND = report_kinds()["problem-profile"]
SECTIONS = KIND.sections


def star(**rows: list[dict[str, Any]]) -> cutting.Tables:
    """A cut with these rows and no others."""
    return {name: table(name, rows.get(name, [])) for name in small_star()}


def event(number: int, day: date, **more: Any) -> dict[str, Any]:
    told = {"event": number, "day": day, "weekday": day.isoweekday(), "kind": "crime-victim", "agency": "police"}
    return {**told, "is_child": True, "what": "Robbery of personal property", **more}


def written_star(tmp_path: Path) -> Path:
    """Six events at the park and two elsewhere; three young people; worked out by hand in the tests below."""
    july = date(2026, 7, 6)  # a Monday
    people = [
        {"child": "a", "is_child": True, "born": date(2012, 7, 1), "sex": "F", "ethnicity": "white", "locality": "N"},
        {"child": "b", "is_child": True, "born": date(2008, 8, 1), "sex": "M", "ethnicity": "", "locality": "N"},
        {"child": "c", "is_child": True, "sex": "M", "ethnicity": "black", "locality": "S"},
    ]
    events = [
        event(1, july, child="a", place="park", minute=15 * 60 + 10, outcome="charged"),
        event(2, july, child="b", place="park", minute=15 * 60 + 50),
        event(2, july, child="c", place="park", minute=15 * 60 + 50),
        event(3, july, child="a", place="park", kind="outside-home-contact", what="harm online", agency="council"),
        event(4, date(2025, 7, 7), child="a", place="park"),
        event(5, july, child="a", place="park", again=True),
        event(6, july, place="park", kind="nuisance-complaint", is_child=False, what="Fireworks thrown"),
        event(7, july, child="c", place="shop"),
        event(8, july, child="c", place="", kind="missing-episode", what="missing"),
        event(9, july, child="a", kind="mentor", what="", agency="mentors"),
        event(10, july, child="c", kind="mentor", what="", agency="mentors"),
    ]
    places = [
        {"place": "park", "kind": "park", "name": "Harbour Park", "locality": "N"},
        {"place": "shop", "kind": "shop", "name": "Lantern Arcade", "locality": "S"},
        {"place": "lodge", "kind": "childrens-home", "name": "Kittiwake Lodge", "locality": "S"},
    ]
    spells = [
        {"child": "b", "kind": "in-care", "began": date(2020, 1, 1)},
        {"child": "a", "kind": "education-plan", "began": date(2020, 1, 1), "ended": date(2026, 7, 6)},
        {"child": "c", "kind": "education-plan", "began": date(2026, 7, 6)},
    ]
    works = [{"work": 1, "child": "park", "subject_kind": "place", "pathway": "context", "state": "planning",
              "opened": date(2026, 8, 3)}]  # fmt: skip
    moves = [{"move": 1, "work": 1, "pathway": "context", "from_state": "concern", "to_state": "planning",
              "day": date(2026, 8, 20)}]  # fmt: skip
    feeds = [
        {"feed": "police-crime", "agency": "police", "title": "Crimes", "state": "fresh"},
        {"feed": "school", "agency": "school", "title": "School register", "state": "silent"},
    ]
    rows = {"people": people, "events": events, "places": places, "spells": spells, "works": works, "moves": moves}
    folder = tmp_path / "2026-11-20-byhand"
    cutting.write_star(folder, star(**rows, feeds=feeds), AS_AT)
    return folder


def wanted(kind: SubjectKind, key: str, events: dict[str, tuple[str, ...]] | None = None) -> Wanted:
    period = read(NEWEST)
    before = period.a_year_before()
    of = dict.fromkeys(every_event(), ()) if events is None else events
    return Wanted(kind, key, of, help_events(), period.begins, period.after, before.begins, before.after)


def test_numbers_of_a_place_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = profile(written_star(tmp_path), wanted(SubjectKind.PLACE, "park"))
    assert (found["all"], found["before"]) == ([4, 3], [1, 1])  # event 5 is told again; 4 was a year before
    kinds = {"crime-victim": [2, 3], "nuisance-complaint": [1, None], "outside-home-contact": [1, 1]}
    assert found["kinds"] == {"now": kinds, "before": {"crime-victim": [1, 1]}}
    assert found["months"]["2026-07"] == [4, 3]
    assert (len(found["months"]), found["quarters"]["2026-05"]) == (24, [4, 3])
    assert found["terms"]["events"] == {"term": [4, 3]}  # the sixth of July
    assert 60 < found["terms"]["days"]["holidays"] < 120
    assert found["hours"]["week"][0][15] == 2
    assert found["hours"]["children"][0][15] == 3
    assert found["children"] == [4, 3]  # a twice, b and c once
    who = found["who"]
    assert who["age"] == {"": [1, 1], "13-15": [2, 1], "16-17": [1, 1]}
    assert who["ethnicity"] == {"": [1, 1], "black": [1, 1], "white": [2, 1]}
    assert who["care"] == {"": [3, 2], "in care": [1, 1]}
    assert who["send"] == {"": [3, 2], "plan": [1, 1]}  # a's plan ended that day, c's began
    assert found["help"] == {"kinds": {"mentor": [1, 1]}, "agencies": {"mentors": [1, 1]}}  # c lives elsewhere
    assert [(one["state"], one["moves"]) for one in found["works"]] == [("planning", [["2026-08-20", "planning"]])]


def test_gaps_are_those_counted_by_hand(tmp_path: Path) -> None:
    found = profile(written_star(tmp_path), wanted(SubjectKind.PLACE, "park"))["gaps"]
    assert found["all"]["time"] == {"of": {"": [4, 3]}, "missing": {"": [2, 1]}}
    assert found["all"]["outcome"]["missing"] == {"": [3, 3]}
    assert found["all"]["ethnicity"] == {"of": {"": [4, 3]}, "missing": {"": [1, 1]}}
    assert found["agency"]["time"] == {"of": {"council": [1, 1], "police": [3, 3]},
                                       "missing": {"council": [1, 1], "police": [1, None]}}  # fmt: skip
    assert found["ethnicity"]["time"]["missing"] == {"white": [1, 1]}
    told = profile(written_star(tmp_path), wanted(SubjectKind.PLACE, "park"))["feeds"]
    assert told == {"silent": ["School register"], "agencies": ["police", "school"]}


def test_a_theme_is_of_the_whole_area_and_a_locality_of_its_public_places(tmp_path: Path) -> None:
    folder = written_star(tmp_path)
    online = profile(folder, wanted(SubjectKind.THEME, "online", dict(themes()["online"].events)))
    assert online["all"] == [1, 1]
    missing = profile(folder, wanted(SubjectKind.THEME, "missing", dict(themes()["missing"].events)))
    assert missing["localities"] == {"": [1, 1]}
    assert missing["gaps"]["all"]["place"]["missing"] == {"": [1, 1]}
    south = profile(folder, wanted(SubjectKind.LOCALITY, "S"))
    assert (south["all"], [one["place_name"] for one in south["named"]]) == ([1, 1], ["Lantern Arcade"])
    assert subjects_of(folder)["places"] == [["park", "Harbour Park"], ["shop", "Lantern Arcade"]]


def test_periods_are_over_when_the_cut_was_taken() -> None:
    offered = periods(KIND, date(2026, 11, 20))
    assert [one.key for one in offered] == [
        NEWEST,
        "twelve-months:2025-10:2026-09",
        "six-months:2026-04:2026-09",
        "six-months:2025-10:2026-03",
        "quarter:2026-07:2026-09",
        "quarter:2026-04:2026-06",
        "year:2025-04:2026-03",
    ]
    assert all(one.is_complete(date(2026, 11, 20)) for one in offered)


# From here on in the database


@pytest.fixture
def cast(settings: Any, tmp_path: Path, db: None) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    with viewing_as(cast.uma):
        return keep_cut(cast.uma)


def of(
    cut: Cut, kind: SubjectKind = SubjectKind.PLACE, key: str = "place0000000", title: str = "Harbour Park"
) -> Asked:
    return Asked(cut, KIND, read(NEWEST), Comparator.YEAR_BEFORE, Subject(kind, key, title), WHY)


def begun(cast: Cast, cut: Cut) -> Report:
    with viewing_as(cast.uma):
        return begin_report(of=of(cut), by=cast.uma, now=NOW)


def filled(cast: Cast, cut: Cut) -> Report:
    begun_one = begun(cast, cut)
    with viewing_as(cast.uma):
        for section in SECTIONS:
            if section.required:
                write_section(report=begun_one, section=section, words="It is so.", by=cast.uma, now=NOW)
    return begun_one


def signed(cast: Cast, found: Report, when: Any = NOW + HOUR) -> ReportSigned:
    with viewing_as(cast.uma):
        paper = final_paper(found, cast.uma.name, when)
        said = "Read every section against the cut"
        return sign_report(report=found, paper=paper, mark=mark_of(paper), checked=said, by=cast.uma, now=when)


def all_words(paper: Paper) -> str:
    found = [part.words for part in paper.parts if isinstance(part, (Words, Heading))]
    found += [item for part in paper.parts if isinstance(part, Bullets) for item in part.items]
    return "\n".join(found)


SUBJECTS = (
    (SubjectKind.PLACE, "place0000000", "Harbour Park"),
    (SubjectKind.LOCALITY, "North", "North"),
    *((SubjectKind.THEME, key, one.title) for key, one in themes().items()),
)


@pytest.mark.parametrize(("kind", "key", "title"), SUBJECTS)
def test_every_profile_has_every_section_and_what_is_missing(
    cast: Cast, cut: Cut, kind: SubjectKind, key: str, title: str
) -> None:
    with viewing_as(cast.uma):
        paper = paper_of(of(cut, kind, key, title), Written(), made_by="Uma")
    headings = [part.words for part in paper.parts if isinstance(part, Heading) and part.level == 1]
    assert headings == [section.title for section in SECTIONS]
    words = all_words(paper)
    assert "Feeds that were silent when the cut was taken: Emergency department." in words
    assert "What no cut can know" in words
    assert [one.caption for one in paper.tables() if one.caption == "Not recorded, by field"] != []
    assert "(Rule: what-children-say)" in words
    assert cut.name in words
    assert dict(paper.about)["Checksum of the cut"] == cut.sha256


def test_a_profile_of_nothing_has_its_gaps_too(cast: Cast) -> None:
    with viewing_as(cast.uma):
        empty = keep_cut(cast.uma, star())
        paper = paper_of(of(empty, SubjectKind.THEME, "online", "Harm online"), Written(), made_by="Uma")
    assert [part.words for part in paper.parts if isinstance(part, Heading) and part.level == 1] == [
        section.title for section in SECTIONS
    ]
    assert "Not recorded, by field" in [one.caption for one in paper.tables()]
    assert "Which help and youth work is nearby?" in all_words(paper)


EXACT = re.compile(r"(?<![\d:.])\d+(?![\d:.])")
TENS = re.compile(r"^(fewer than (5|10)|not shown: small number|[\d,]*0 to [\d,]*9|\d*[05] to \d*[49])$")


TERM_TABLE = "School holidays and term"


@pytest.mark.parametrize(("kind", "key", "title"), SUBJECTS)
def test_no_table_holds_an_exact_number(cast: Cast, cut: Cut, kind: SubjectKind, key: str, title: str) -> None:
    with viewing_as(cast.uma):
        tables = paper_of(of(cut, kind, key, title), Written(), made_by="Uma").tables()
    for one in tables:
        for row in one.rows:
            assert not [cell for cell in row if isinstance(cell, (int, float))], one.caption
            counted = row[1:2] if one.caption == TERM_TABLE else row[1:]  # weeks are the calendar's
            for cell in counted:
                told = str(cell)
                if EXACT.search(told) and " in 10" not in told and "%" not in told:
                    assert TENS.match(told), (one.caption, told)


def test_questions_follow_from_published_rules(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        words = all_words(paper_of(of(cut), Written(), made_by="Uma"))
    assert "What came of it is not recorded for about 6 in 10. Ask Severnmouth police" in words
    assert "(Rule: outcome-not-recorded)" in words
    assert "Rule: time-not-recorded" not in words  # every event of the small cut has a time
    assert len({one.key for one in questions()}) == len(questions())


def test_hours_that_stand_out_are_said_and_asked_about(cast: Cast) -> None:
    def afternoons(number: int) -> dict[str, Any]:
        day = date(2026, 3, 2) + timedelta(days=7 * (number % 12) + number % 5)
        return event(number, day, child=f"child{number % 40:07d}", place="park", minute=15 * 60 + number % 60)

    events = [afternoons(number) for number in range(60)]
    people = [{"child": f"child{number:07d}", "is_child": True} for number in range(40)]
    places = [{"place": "park", "kind": "park", "name": "Harbour Park", "locality": "N"}]
    with viewing_as(cast.uma):
        own = keep_cut(cast.uma, star(events=events, people=people, places=places))
        paper = paper_of(of(own, key="park"), Written(), made_by="Uma")
    found = "60 to 69 of 60 to 69 events are between 3 pm and 4 pm on weekdays: nearly all."
    grid = next(part.picture for part in paper.parts if hasattr(part, "picture") and hasattr(part.picture, "cells"))
    assert found in grid.sentence
    assert (0, 15) in grid.outlined
    assert "It happens most between 3 pm and 4 pm on weekdays." in all_words(paper)


def test_the_same_cut_gives_the_same_bytes(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        first = paper_of(of(cut), Written(), made_by="Uma")
        for path in (folder_of(cut) / "profiles").iterdir():
            path.unlink()
        again = paper_of(of(cut), Written(), made_by="Uma")
    for name in FORMATS:
        assert write(first, name) == write(again, name), name


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_holds_the_same_numbers(cast: Cast, cut: Cut, name: str) -> None:
    with viewing_as(cast.uma):
        paper = paper_of(of(cut), Written(), made_by="Uma")
    assert checksum_of(READ[name](write(paper, name))) == paper.checksum()
    assert len(paper.tables()) > 10


def test_signed_off_it_stands_for_good(cast: Cast, cut: Cut) -> None:
    found = filled(cast, cut)
    one = signed(cast, found)
    with viewing_as(cast.uma):
        paper = paper_signed(one)
        assert one.checksum == paper.checksum() == again_from_cut(one).checksum()
        assert write(paper, "csv") == write(again_from_cut(one), "csv")
        assert paper.marking == "OFFICIAL-SENSITIVE"
        with pytest.raises(NotAllowed, match="signed off"):
            write_section(report=found, section=SECTIONS[1], words="Else", by=cast.uma, now=NOW + 2 * HOUR)
        for change in (
            lambda: Report.objects.update(called="x"),
            lambda: ReportWords.objects.update(words="x"),
            lambda: ReportSigned.objects.update(checksum="x"),
            lambda: ReportSigned.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
                change()


def test_it_is_not_signed_without_words_on_its_gaps_nor_unread(cast: Cast, cut: Cut) -> None:
    found = begun(cast, cut)
    with pytest.raises(NotAllowed, match="What this says, What is missing from this picture"):
        signed(cast, found)
    with viewing_as(cast.uma):
        for section in SECTIONS:
            write_section(report=found, section=section, words="So.", by=cast.uma, now=NOW)
        mark = mark_of(final_paper(found, cast.uma.name, NOW))
        write_section(report=found, section=SECTIONS[0], words="Otherwise.", by=cast.uma, now=NOW + HOUR)
        assert written(found).words["summary"] == "Otherwise."
        paper = final_paper(found, cast.uma.name, NOW)
        with pytest.raises(NotAllowed, match="changed while you read"):
            sign_report(report=found, paper=paper, mark=mark, checked=CHECKED, by=cast.uma, now=NOW)


def test_only_analysts_make_one_with_a_purpose_of_what_the_cut_knows(cast: Cast, cut: Cut) -> None:
    for who in (cast.asha, cast.vera, cast.hana, cast.dev):
        with viewing_as(who), pytest.raises(NotAllowed):
            begin_report(of=of(cut), by=who, now=NOW)
    with viewing_as(cast.uma):
        for purpose, key in (("x", "place0000000"), (WHY, "nowhere")):
            with pytest.raises(NotAllowed):
                begin_report(of=replace(of(cut, key=key), purpose=purpose), by=cast.uma, now=NOW)
        late = replace(of(cut), period=read("quarter:2026-10:2026-12"))
        with pytest.raises(NotAllowed, match="not over"):
            begin_report(of=late, by=cast.uma, now=NOW)


def test_others_read_what_is_signed_and_another_authority_nothing(cast: Cast, cut: Cut) -> None:
    draft, done = begun(cast, cut), filled(cast, cut)
    signed(cast, done)
    for who, sees in ((cast.uma, {draft, done}), (cast.hana, {done}), (cast.vera, {done}), (cast.asha, {done})):
        with viewing_as(who):
            assert set(reports(of_subject=True)) == sees, who.name
    with viewing_as(cast.dev):
        assert not Report.objects.exists()
        assert not ReportSigned.objects.exists()


def test_pages_from_the_choice_to_the_files(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.uma)
    assert "No problem profile yet" in client.get(reverse("problem-profiles")).content.decode()
    new = reverse("problem-profile-new")
    assert "A public place: Harbour Park" in client.get(new).content.decode()
    asked = {"subject": "place:place0000000", "period": NEWEST, "comparator": "year-before", "cut": cut.name}
    for wrong in ({"purpose": "x"}, {"purpose": WHY, "subject": "place:nowhere"}, {"purpose": WHY, "period": ""}):
        assert client.post(new, asked | wrong).status_code == 422
    made = client.post(new, asked | {"purpose": WHY})
    found = Report.objects.get()
    assert made.url == reverse("report", args=[found.pk])
    page = client.get(made.url).content.decode()
    assert "Before it can be signed off, words are needed under" in page
    for key in ("summary", "gaps"):
        address = reverse("report-section", args=[found.pk, key])
        assert client.post(address, {"words": "More <b>light</b>"}).url == made.url
    assert "More &lt;b&gt;light&lt;/b&gt;" in client.get(made.url).content.decode()
    sign = reverse("report-sign", args=[found.pk])
    mark = re.search(r'name="mark" value="(\w+)"', client.get(sign).content.decode()).group(1)  # type: ignore[union-attr]
    assert client.post(sign, {"mark": mark, "checked": "x"}).status_code == 422
    done = client.post(sign, {"mark": mark, "checked": "Read it from beginning to end"}, follow=True)
    assert "Counted again from its cut just now: the same numbers." in done.content.decode()
    assert client.get(sign).status_code == 404
    client.force_login(cast.vera)
    assert "Harbour Park" in client.get(reverse("problem-profiles")).content.decode()
    sums = set()
    for name in FORMATS:
        answer = client.get(reverse("report-file", args=[found.pk, name]))
        assert answer.status_code == 200
        sums.add(checksum_of(READ[name](answer.content)))
    assert sums == {ReportSigned.objects.get().checksum}
    assert AuditEvent.objects.filter(action="export-report", viewer_id=cast.vera.pk).count() == len(FORMATS)
    assert AuditEvent.objects.filter(action="begin-report", because=WHY).count() == 1


def test_a_leader_finds_no_draft(cast: Cast, cut: Cut, client: Client) -> None:
    found = begun(cast, cut)
    client.force_login(cast.vera)
    assert "No problem profile yet" in client.get(reverse("problem-profiles")).content.decode()
    assert client.get(reverse("report", args=[found.pk])).status_code == 404
    assert client.get(reverse("report-file", args=[found.pk, "pdf"])).status_code == 404
    assert client.get(reverse("problem-profile-new")).status_code == 403


def test_a_long_list_has_pages(cast: Cast, cut: Cut, client: Client) -> None:
    for _ in range(26):
        begun(cast, cut)
    client.force_login(cast.uma)
    assert client.get(reverse("problem-profiles")).content.decode().count('scope="row"') == 25
    assert client.get(reverse("problem-profiles") + "?page=2").content.decode().count('scope="row"') == 1


def test_without_a_cut_nothing_can_be_made(cast: Cast, client: Client) -> None:
    client.force_login(cast.uma)
    assert "No cut yet" in client.get(reverse("problem-profile-new")).content.decode()


def test_a_table_of_named_places_names_no_home(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        paper = paper_of(of(cut, SubjectKind.THEME, "outside-home", "Harm outside the home"), Written(), made_by="Uma")
    named: Table = next(one for one in paper.tables() if one.caption == "Public places")
    assert {row[0] for row in named.rows} == {"Burger Berth", "Coach Station", "Harbour Park", "Lantern Arcade"}
