"""The demonstration itself, as `make demo` serves it: made, loaded from agencies' files and linked; nothing planted."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.story import Story
from tests.support.served import Served

HOW = ("demo", "serve", "--size", "tiny", "--today", "2026-11-20")
NO_SUCH = 987_654_321
NOBODY = "Quilliam Featherstonehaugh"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Made and loaded once for all of these, then served with its database and its background worker."""
    served = Served(tmp_path_factory.mktemp("demonstration"), *HOW, within=240)
    try:
        served.start()
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="session")
def site(served: Served) -> str:
    return served.site


@pytest.fixture
def database() -> None:
    """The demonstration has its own."""


def become(story: Story, name: str) -> None:
    story.page.set_default_timeout(30_000)  # a whole area's records, on whatever machine
    story.context.clear_cookies()
    story.when_i_open("/demo/sign-in")
    story.when_i_press(f"Sign in as {name}")
    story.then_i_am_at("/")


@pytest.fixture
def amara(story: Story) -> str:
    """The address of Amara's record, as Asha finds it."""
    become(story, "Asha")
    story.when_i_search_for("Amara Osei")
    address = story.page.get_by_role("link", name="Amara Osei").first.get_attribute("href")
    assert address
    assert re.fullmatch(r"/records/\d+/", address)
    return address


def test_asha_finds_amara_and_reads_prints_and_filters_her_record(story: Story) -> None:
    become(story, "Asha")
    story.then_the_page_is_accessible("desk")
    story.when_i_search_for("Amara Osei")
    story.then_the_page_is_accessible("found")
    story.when_i_follow("Amara Osei")
    story.then_i_see("Agencies disagree", "Date of birth", "Harbour View Academy", "Efua Mensah")
    known = story.page.locator(".kith-facts__row", has_text="First name").locator(".kith-fact__source").first
    expect(known).to_contain_text(re.compile(r"and \d+ other agencies"))
    story.then_the_page_is_accessible("overview")
    story.when_i_follow("Chronology")
    story.then_the_page_is_accessible("chronology")
    everything = entries(story)
    story.page.locator(".kith-filter summary").click()
    story.page.get_by_label("Agency", exact=True).select_option(index=1)
    chosen = story.page.get_by_label("Agency", exact=True).locator("option:checked").inner_text()
    story.page.get_by_role("button", name="Show", exact=True).click()
    agency, _, counted = chosen.rpartition(" (")
    story.then_i_see(agency)
    assert 0 < entries(story) == int(counted.rstrip(")")) < everything
    story.then_the_page_is_accessible("filtered")
    story.when_i_open(f"{story.page.url.removeprefix(story.site).partition('?')[0]}/print")
    story.when_i_press("Show for printing")
    expect(story.page.get_by_text(re.compile(r"^\s*[\d,]+ entries"))).to_be_visible()
    story.page.emulate_media(media="print")
    story.then_i_see("Printed by Asha Rahman", "Amara Osei")
    story.page.screenshot(path=story.pictures / "on-paper.png", full_page=True)


def entries(story: Story) -> int:
    """How many entries the record has as it is filtered."""
    said = story.page.get_by_text(re.compile(r"entr(y|ies) of [\d,]+, newest first")).inner_text()
    found = re.search(r"of ([\d,]+),", said)
    assert found
    return int(found.group(1).replace(",", ""))


def test_dev_of_another_authority_learns_nothing(story: Story, amara: str) -> None:
    become(story, "Dev")
    story.when_i_search_for("Amara Osei")
    story.then_i_see("No results")
    story.then_the_page_is_accessible("nothing")
    assert said(story) == searched(story, NOBODY)
    real = answered(story, amara)
    assert real == answered(story, f"/records/{NO_SUCH}/")
    story.when_i_open(amara, status=404)
    story.then_i_do_not_see("Amara", "Osei")
    for page in ("chronology", "chronology/print", "involved", "links", "looked", "break-glass"):
        assert answered(story, f"{amara}{page}") == answered(story, f"/records/{NO_SUCH}/{page}"), page


def searched(story: Story, words: str) -> str:
    story.when_i_search_for(words)
    story.page.wait_for_url(re.compile(re.escape(words.split()[0])))
    return said(story)


def said(story: Story) -> str:
    """The words of the page, without those that were asked for (Amara's name is also the example in the hint)."""
    return re.sub(f"Amara Osei|{NOBODY}", "…", story.page.locator("main").inner_text())


def answered(story: Story, address: str) -> tuple[int, str]:
    """Status and page, without the number asked for, the forms' own marks and when it would be printed."""
    story.expected_statuses.add(404)
    answer = story.page.goto(story.site + address)
    assert answer is not None
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text())
    body = re.sub("Printed by [^<]+", "Printed", body)
    return answer.status, body.replace(address.split("/")[2], "…")


def test_gwen_decides_an_unsure_match_and_undoes_it(story: Story) -> None:
    become(story, "Gwen")
    story.when_i_open("/matches/")
    waiting = story.page.get_by_role("heading", level=1).inner_text()
    assert re.fullmatch(r"Matches to decide \(\d+\)", waiting)
    story.then_the_page_is_accessible("queue")
    first = story.page.locator("main tbody a").first
    names = " ".join(first.inner_text().split())
    first.click()
    story.then_the_heading_is("Is this one person or two?")
    story.then_the_page_is_accessible("match")
    story.when_i_choose("The records themselves say so")
    story.when_i_press("Same person")
    story.then_i_see("You decided: Same person")
    story.then_the_page_is_accessible("decided")
    story.when_i_press("Undo")
    story.then_i_see("The decision is taken back")
    story.then_the_heading_is(waiting)
    assert " ".join(story.page.locator("main tbody a").first.inner_text().split()) == names


def test_ellis_sees_who_looked_and_that_dev_tried(story: Story, amara: str) -> None:
    story.when_i_open(amara)
    become(story, "Dev")
    story.when_i_open(amara, status=404)
    become(story, "Ellis")
    story.when_i_open(f"{amara}looked")
    story.then_i_see("Asha Rahman", "Dev Patel")
    story.then_i_do_not_see("Osei")
    rows = story.page.locator(".kith-lines tbody tr")
    expect(rows.filter(has_text="Asha Rahman").first).to_contain_text("Allocated")
    expect(rows.filter(has_text="Dev Patel").first).to_contain_text("not there for them")
    story.then_the_page_is_accessible("who looked at her")
    story.when_i_open("/audit/")
    story.then_i_see("Asha Rahman")
    story.then_the_page_is_accessible("who looked")
    story.when_i_open(amara, status=404)


def test_quinn_reads_the_year_of_missing_children_as_three_count_it(story: Story, served: Served) -> None:
    """Five rows, the police's and the council's counts beside each other, and what makes them differ."""
    become(story, "Quinn")
    story.when_i_open("/missing/year?as_at-day=20&as_at-month=11&as_at-year=2026")
    measures = ("Missing children", "Missing reports", "Repeat missing children", "Missing from care",
                "Repeat missing from care")  # fmt: skip
    story.then_i_see(*measures, "Told by the police and by the council", "How this is counted")
    together = story.page.get_by_role("table", name="Side by side").locator("tbody tr")
    numbers = [[int(cell) for cell in row.locator("td").all_inner_texts()] for row in together.all()]
    assert len(numbers) == len(measures)
    assert all(number > 0 for row in numbers for number in row)
    police, council, absences = numbers[1]
    assert max(police, council) <= absences <= police + council
    story.then_i_see(f"= {police} reports", f"= {council} reports")
    printed = served.kith("missing-year", "--as-at", "2026-11-20", "--small")
    assert f"= {police} reports" in printed
