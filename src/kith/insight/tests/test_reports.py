"""Reports: made from a cut, written in versions, signed off once, taken away in five formats with the same numbers."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.charts import NOT_SHOWN
from kith.foundations.papers import FORMATS, write
from kith.foundations.papers.paper import checksum_of
from kith.foundations.papers.tests.test_papers import READ
from kith.insight.actions.reports import (
    StepSaid,
    begin_report,
    mark_of,
    sign_report,
    take_out_step,
    write_section,
    write_step,
)
from kith.insight.models import Cut, Report, ReportSigned, ReportWords
from kith.insight.presenters.reports_paper import again_from_cut, draft_paper, final_paper, paper_of
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.reports import Asked, Written, paper_signed, reports, written
from kith.insight.rules.periods import month, read
from kith.insight.rules.reports import Comparator, State, periods, report_kinds
from tests.support.cast import NOW, Cast, make_cast
from tests.support.made_figures import make_cut

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NEWEST = "twelve-months:2025-11:2026-10"
BEFORE = "twelve-months:2024-11:2025-10"
YEAR, YEAR_BEFORE = "year:2025-04:2026-03", "year:2024-04:2025-03"
YEARLY = {  # the counts of a partnership's annual report for 2022/23, and what it printed beside them
    "cp-crime": (422, 441, "-19", "-4.3%"),
    "cp-serious-sexual": (148, 180, "-32", "-17.8%"),
    "non-familial-sexual": (199, 226, "-27", "-11.9%"),
    "cp-cruelty": (106, 108, "-2", "-1.9%"),
    "cse-crime": (227, 292, "-65", "-22.3%"),
    "missing-children": (154, 137, "+17", "+12.4%"),
    "missing-reports": (370, 389, "-19", "-4.9%"),
    "repeat-missing-children": (69, 75, "-6", "-8.0%"),
    "missing-from-care": (26, 32, "-6", "-18.8%"),
    "repeat-missing-from-care": (16, 18, "-2", "-11.1%"),
    "child-suspects": (824, 720, "+104", "+14.4%"),
    "da-incidents": (1475, 1521, "-46", "-3.0%"),
    "da-crimes": (2669, 2985, "-316", "-10.6%"),
    "da-victims-16-17": (72, 109, "-37", "-33.9%"),
    "child-victims": (1115, 1048, "+67", "+6.4%"),
    "race-hate-victims": (26, 21, "+5", "+23.8%"),
}


@pytest.fixture
def cast(settings: Any, tmp_path: Path) -> Cast:
    settings.CUTS = tmp_path / "cuts"
    return make_cast()


@pytest.fixture
def cut(cast: Cast) -> Cut:
    with viewing_as(cast.uma):
        return make_cut(cast.uma)


def yearly_cut(cast: Cast) -> Cut:
    """A cut whose figures are those counts."""
    cut = make_cut(cast.uma)
    for key, (now, before, _, _) in YEARLY.items():
        path = folder_of(cut) / "figures" / f"{key}.json"
        windows = {YEAR: whole(now), YEAR_BEFORE: whole(before)}
        windows |= {month(read(YEAR_BEFORE).first + at).key: whole(spread(before)[at]) for at in range(12)}
        windows |= {month(read(YEAR).first + at).key: whole(spread(now)[at]) for at in range(12)}
        path.write_text(json.dumps({"measure": key, "as_at": str(cut.as_at), "windows": windows}))
    return cut


def whole(number: int) -> dict[str, Any]:
    """How figures keep a number without groups."""
    return {"": {"": [number, None, None, None]}}


def spread(number: int) -> list[int]:
    """A year's number over its months, so that none of them is small: or none but in each third month."""
    if number >= 60:
        return [number // 12 + (at < number % 12) for at in range(12)]
    return [0 if at % 6 != 5 else number // 2 + (at == 5) * (number % 2) for at in range(12)]


def of(kind: str, cut: Cut, period: str = "") -> Asked:
    chosen = report_kinds()[kind]
    window = read(period) if period else periods(chosen, cut.as_at)[0]
    return Asked(cut, chosen, window, Comparator.BEFORE)


def begun(cast: Cast, cut: Cut, kind: str = "annual") -> Report:
    with viewing_as(cast.uma):
        return begin_report(of=of(kind, cut), by=cast.uma, now=NOW)


def filled(cast: Cast, cut: Cut, kind: str = "annual") -> Report:
    report = begun(cast, cut, kind)
    for section in report_kinds()[kind].sections:
        with viewing_as(cast.uma):
            if not section.required:
                continue
            write_section(
                report=report, section=section, words="It is so.\n\n- one\n- two", beside={}, by=cast.uma, now=NOW
            )
    return report


def signed(cast: Cast, report: Report, when: Any = NOW + HOUR) -> ReportSigned:
    paper = final_paper(report, cast.hana.name, when)
    said = "Read every section and the three tables"
    with viewing_as(cast.hana):
        return sign_report(report=report, paper=paper, mark=mark_of(paper), checked=said, by=cast.hana, now=when)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_sixteen_rows_of_an_annual_report_come_out_to_the_digit_in_every_format(cast: Cast, name: str) -> None:
    with viewing_as(cast.uma):
        paper = paper_of(of("annual", yearly_cut(cast), YEAR), Written(), made_by="Uma")
    table = {row[0]: row for one in READ[name](write(paper, name)) for row in one[1:]}
    told = {row[0]: row for one in paper.tables() for row in one.told()}
    from kith.insight.rules.measures import measures

    for key, (now, before, change, percentage) in YEARLY.items():
        title = measures()[key].title
        number = float(percentage.rstrip("%"))
        assert [float(cell) for cell in table[title][1:5]] == [now, before, int(change), number], title
        assert told[title][3:5] == [change, percentage]
    assert checksum_of(READ[name](write(paper, name))) == paper.checksum()


def test_a_report_says_what_it_is_from_when_and_how_careful_to_be(cast: Cast) -> None:
    with viewing_as(cast.uma):
        paper = paper_of(of("annual", yearly_cut(cast), YEAR), Written(), made_by="Uma")
    about = dict(paper.about)
    assert about["Period"] == "April 2025 to March 2026"
    assert about["Compared with"] == "April 2024 to March 2025"
    assert Cut.objects.get().name in about["Numbers from"]
    assert about["Feeds that were silent"] == "Emergency department"
    assert "draft" in paper.marking
    safety = next(one for one in paper.tables() if one.caption.startswith("Safety"))
    assert any("race hate" in note.lower() and "small numbers" in note.lower() for note in safety.notes)


def test_how_the_same_moved_elsewhere_stands_in_table_and_sentence(cast: Cast) -> None:
    with viewing_as(cast.uma):
        cut = yearly_cut(cast)
        beside = {"missing": {"area": "the force area", "by": {"missing-reports": "23.5"}}}
        paper = paper_of(of("annual", cut, YEAR), Written(beside=beside), made_by="Uma")
    table = next(one for one in paper.tables() if one.caption.startswith("Missing children"))
    assert table.columns[-1] == "Change (%), the force area"
    assert [row[-1] for row in table.told()] == ["", "+23.5%", "", "", ""]
    assert "In the force area it was +23.5%." in " ".join(getattr(part, "words", "") for part in paper.parts)


@pytest.mark.parametrize("kind", ["annual", "six-monthly", "scrutiny", "delivery-plan", "weekly", "monthly"])
def test_every_kind_can_be_made_from_a_cut_twice_with_the_same_bytes(cast: Cast, cut: Cut, kind: str) -> None:
    with viewing_as(cast.uma):
        paper, again = (paper_of(of(kind, cut), Written(), made_by="") for _ in (1, 2))
    assert len(paper.tables()) >= 4
    heads = {one.caption.rpartition("(")[2]: one.columns[-1] for one in paper.tables()}
    assert heads.get("middle value)", "Change (days)") == "Change (days)"  # a wait does not change by points
    assert heads.get("per cent)", "Change (points)") == "Change (points)"
    for name in ("csv", "xlsx", "html"):
        assert write(paper, name) == write(again, name)


def test_small_numbers_are_not_in_any_file(cast: Cast) -> None:
    with viewing_as(cast.uma):
        cut = make_cut(cast.uma)
        path = folder_of(cut) / "figures" / "missing-from-care.json"
        windows = {NEWEST: {"": {"": [3, 3, None, None]}}, BEFORE: {"": {"": [30, 30, None, None]}}}
        path.write_text(json.dumps({"windows": windows}))
        paper = paper_of(of("annual", cut), Written(), made_by="Uma")
    table = next(one for one in paper.tables() if one.caption.startswith("Missing children"))
    row = table.rows[3]
    assert (row[1], row[3], row[4]) == (NOT_SHOWN, NOT_SHOWN, NOT_SHOWN)
    for name in FORMATS:
        rows = {one[0]: one for each in READ[name](write(paper, name)) for one in each[1:]}
        assert rows[row[0]][1] == "not shown: small number", name


def test_what_is_written_is_kept_in_versions_and_the_newest_stands(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        report = begun(cast, cut)
        section = report_kinds()["annual"].sections[0]
        for words in ("First", "Second", "Second"):
            write_section(report=report, section=section, words=words, beside={}, by=cast.uma, now=NOW)
        assert [one.words for one in ReportWords.objects.order_by("pk")] == ["First", "Second"]
        assert written(report).words == {"summary": "Second"}
        assert "Second" in [getattr(part, "words", "") for part in draft_paper(report).parts]


def test_signed_off_it_stands_for_good(cast: Cast, cut: Cut) -> None:
    report = filled(cast, cut)
    one = signed(cast, report)
    with viewing_as(cast.uma):
        paper = paper_signed(one)
        assert one.checksum == paper.checksum() == again_from_cut(one).checksum()
        assert write(paper, "csv") == write(again_from_cut(one), "csv")
        assert "draft" not in paper.marking
        assert dict(paper.about)["Signed off by"].startswith("Hana Yilmaz")
        with pytest.raises(NotAllowed, match="signed off"):
            write_section(report=report, section=report_kinds()["annual"].sections[0], words="Else", beside={},
                          by=cast.uma, now=NOW + 2 * HOUR)  # fmt: skip
        with pytest.raises(NotAllowed, match="signed off"):
            signed(cast, report)
        for change in (
            lambda: Report.objects.update(period="x"),
            lambda: ReportWords.objects.update(words="x"),
            lambda: ReportSigned.objects.update(checksum="x"),
            lambda: ReportSigned.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
                change()


def test_what_must_be_said_is_said_before_it_is_signed(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.hana):
        report = begun(cast, cut)
        with pytest.raises(NotAllowed, match="Nothing is written yet under: Summary, What we will do next"):
            signed(cast, report)


def test_what_changed_since_it_was_read_is_not_signed(cast: Cast, cut: Cut) -> None:
    report = filled(cast, cut)
    with viewing_as(cast.uma):
        read_mark = mark_of(final_paper(report, cast.hana.name, NOW))
        section = report_kinds()["annual"].sections[1]
        write_section(report=report, section=section, words="New words", beside={}, by=cast.uma, now=NOW)
    with viewing_as(cast.hana):
        paper = final_paper(report, cast.hana.name, NOW)
        with pytest.raises(NotAllowed, match="changed while you read"):
            sign_report(
                report=report, paper=paper, mark=read_mark, checked="Read every section of it", by=cast.hana, now=NOW
            )


def test_only_analysts_and_managers_write_and_others_read_what_is_signed(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        draft, done = begun(cast, cut), filled(cast, cut)
        signed(cast, done)
    for who in (cast.asha, cast.vera, cast.dev, cast.ellis):
        with viewing_as(who), pytest.raises(NotAllowed):
            begin_report(of=of("annual", cut), by=who, now=NOW)
    for who, sees in ((cast.uma, {draft, done}), (cast.hana, {draft, done}), (cast.vera, {done}), (cast.asha, {done})):
        with viewing_as(who):
            assert set(reports()) == sees, who.name
    with viewing_as(cast.dev):
        assert not Report.objects.exists()
        assert not ReportSigned.objects.exists()


def test_a_period_that_the_cut_did_not_count_is_refused(cast: Cast, cut: Cut) -> None:
    late = Asked(cut, report_kinds()["annual"], read("twelve-months:2025-12:2026-11"), Comparator.BEFORE)
    with viewing_as(cast.uma), pytest.raises(NotAllowed, match="not over"):
        begin_report(of=late, by=cast.uma, now=NOW)


def test_a_plan_has_actions_with_owners_and_how_they_stand(cast: Cast, cut: Cut) -> None:
    with viewing_as(cast.uma):
        report = begun(cast, cut, "delivery-plan")
        said = StepSaid("protect", "A worker for each child", "Council, children", State.LATE, NOW.date(), "Two of six")
        step = write_step(report=report, said=said, by=cast.uma, now=NOW)
        other = write_step(report=report, said=StepSaid("protect", "Gone", "Police", State.DONE), by=cast.uma, now=NOW)
        take_out_step(report=report, step=other, by=cast.uma, now=NOW)
        table = next(one for one in draft_paper(report).tables() if one.caption == "Actions: protect")
        day = f"{NOW:%-d %B %Y}"
        assert table.rows == (("A worker for each child", "Council, children", day, "Red: late", "Two of six"),)
        again = StepSaid("protect", "A worker for each child", "Council, children", State.DONE)
        write_step(report=report, said=again, number=step.number, by=cast.uma, now=NOW + HOUR)
        assert [one.state for one in written(report).steps] == ["done"]


def test_pages_from_the_choice_to_the_files(cast: Cast, cut: Cut, client: Client) -> None:
    client.force_login(cast.uma)
    assert "Begin a report" in client.get(reverse("reports")).content.decode()
    asked = {"cut": cut.name, "period": NEWEST, "comparator": "before"}
    began = client.post(reverse("report-new-of", args=["annual"]), asked)
    report = Report.objects.get()
    assert began.url == reverse("report", args=[report.pk])
    wrong = client.post(reverse("report-new-of", args=["annual"]), asked | {"period": ""})
    assert wrong.status_code == 422
    page = client.get(began.url).content.decode()
    assert "Before it can be signed off, words are needed under" in page
    for key in ("summary", "next"):
        address = reverse("report-section", args=[report.pk, key])
        assert client.post(address, {"words": "Fewer <b>reports</b>"}).url == began.url
    bad = client.post(reverse("report-section", args=[report.pk, "missing"]), {"beside-missing-reports": "many"})
    assert bad.status_code == 422
    sign = reverse("report-sign", args=[report.pk])
    page = client.get(sign).content.decode()
    assert "Fewer &lt;b&gt;reports&lt;/b&gt;" in page
    mark = re.search(r'name="mark" value="(\w+)"', page).group(1)  # type: ignore[union-attr]
    assert client.post(sign, {"mark": mark, "checked": "x"}).status_code == 422
    done = client.post(sign, {"mark": mark, "checked": "Read it from beginning to end"}, follow=True)
    assert "Counted again from its cut just now: the same numbers." in done.content.decode()
    assert client.get(sign).status_code == 404
    client.force_login(cast.vera)
    assert "Signed off" in client.get(reverse("reports")).content.decode()
    sums = set()
    for name in FORMATS:
        answer = client.get(reverse("report-file", args=[report.pk, name]))
        assert answer.status_code == 200
        sums.add(checksum_of(READ[name](answer.content)))
    assert sums == {ReportSigned.objects.get().checksum}
    taken = AuditEvent.objects.filter(action="export-report", viewer_id=cast.vera.pk)
    assert taken.count() == len(FORMATS)


def test_a_leader_finds_no_draft(cast: Cast, cut: Cut, client: Client) -> None:
    with viewing_as(cast.uma):
        report = begun(cast, cut)
    client.force_login(cast.vera)
    assert "No report yet" in client.get(reverse("reports")).content.decode()
    assert client.get(reverse("report", args=[report.pk])).status_code == 404
    assert client.get(reverse("report-file", args=[report.pk, "pdf"])).status_code == 404
    assert client.get(reverse("report-new")).status_code == 403


def test_a_long_list_has_pages(cast: Cast, cut: Cut, client: Client) -> None:
    with viewing_as(cast.uma):
        for _ in range(26):
            begun(cast, cut)
    client.force_login(cast.uma)
    assert client.get(reverse("reports")).content.decode().count('scope="row"') == 25
    assert client.get(reverse("reports") + "?page=2").content.decode().count('scope="row"') == 1


def test_the_command_writes_every_format_and_the_same_bytes_again(cast: Cast, cut: Cut, tmp_path: Path) -> None:
    from kith.insight.report_command import report as command

    run = CliRunner()
    for folder in ("one", "two"):
        done = run.invoke(command, ["annual", "--cut", cut.name, "--out", str(tmp_path / folder)])
        assert done.exit_code == 0, done.output
    files = sorted((tmp_path / "one").iterdir())
    assert {path.suffix for path in files} == {".docx", ".pdf", ".xlsx", ".zip", ".html"}
    for path in files:
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert "checksum of the numbers" in done.output
    assert run.invoke(command, ["none"]).exit_code == 1
    assert "scrutiny" in run.invoke(command, []).output


def test_every_kind_has_the_headings_that_are_asked_for() -> None:
    headings = [section.title for section in report_kinds()["scrutiny"].sections]
    for title in ("Recommendation", "Summary", "Background", "Equality implications", "Legal implications",
                  "Financial implications", "Risk assessment", "Background papers"):  # fmt: skip
        assert title in headings
    tables = [table for section in report_kinds()["annual"].sections for table in section.tables]
    assert [len(table.measures) for table in tables if "12 month" in table.caption] == [5, 5, 6]
