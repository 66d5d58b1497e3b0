"""J12: who is linked with whom, and how anybody knows. Purpose, picture, evidence, time, what was made of it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator

from kith.foundations.access.models import Opening, Scope, ViewerScope
from kith.foundations.access.viewing import viewing_as
from kith.foundations.design_system import words
from kith.insight.actions.networks import Wanted, begin_network
from kith.insight.models import Cut
from kith.insight.rules.networks import MOST_LINKS, MOST_NODES, Mode
from kith.subjects.models import LinkEvidence, Person, Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_entry, make_group, make_link, make_person, make_place
from tests.support.network_cut import keep_network_cut

WHY = "To plan what keeps these friends safe after school"


@pytest.fixture
def amara(cast: Cast) -> Subject:
    """Three friends, where they spend time, an adult of whom Asha may know nothing, and a link that fades."""
    now, today = timezone.now(), timezone.localdate()
    amara, bo, cleo = make_person("Amara Osei"), make_person("Bo Lindgren"), make_person("Cleo Marsh")
    adult = make_person("Dan Secretson", headline=False, is_child=False)
    park, group, shop = (
        make_place("Harbour Park"),
        make_group("Friday friends"),
        make_place("Quay Chicken", kind="food"),
    )
    for subject in (amara, bo, cleo, park, group, shop):
        let_in(subject, cast.asha)
    lately, long_ago = {"last_seen": today - timedelta(days=9), "recorded_at": now}, today - timedelta(days=220)
    make_link(amara, bo, text="They walk home together", written_by=cast.asha, **lately)
    make_link(amara, bo, kind="seen-with", text="Both at the quay at ten", feed="police", grade="seen", **lately)
    make_link(amara, bo, kind="seen-with", text="Both in the café", feed="youth", grade="seen", **lately)
    make_link(
        amara, cleo, text="Cleo is a friend from primary school", feed="school", recorded_at=now, last_seen=long_ago
    )
    make_link(
        bo, cleo, kind="seen-with", text="Seen together at the bus stop", feed="school", grade="reported", **lately
    )
    for child in (amara, bo, cleo):
        make_link(child, park, kind="seen-at", text="There on Friday evening", feed="youth", grade="seen", **lately)
        make_link(
            child, adult, kind="contacted-by", text="He gave them lifts", feed="police", grade="suspected", **lately
        )
    make_link(bo, shop, kind="seen-at", text="Waits there after school", feed="school", grade="reported", **lately)
    make_link(amara, group, kind="part-of", text="She told us", written_by=cast.asha, **lately)
    return amara


@pytest.mark.journey("J12")
def test_a_network_is_asked_for_read_and_kept(story: Story, cast: Cast, amara: Subject, browser: Browser) -> None:
    story.expected_statuses.add(409)  # words kept late, after the form was sent
    story.given_signed_in_as(cast.asha)
    with story.journey("J12") as counts:
        story.when_i_open("/insight/networks/new")
        story.when_i_fill("What is this network for?", WHY)
        story.when_i_choose("Public task")
        story.when_i_choose("For professionals")
        story.when_i_press("Begin from Amara Osei")
        story.when_i_press("Draw it")
        story.then_i_see("What is likely missing from this picture", "Harbour Park", "somebody you may not see")
        story.then_i_do_not_see("Secretson")
        keys = ["ArrowRight", "Enter"]
        story.page.locator("[data-network-frame]").focus()
        for key in keys:
            story.page.keyboard.press(key)
        story.page.locator("#network-evidence h2").wait_for()
        assert story.page.locator("#network-evidence li").count() > 0
        ready = int(story.page.locator("[data-network][data-ready]").get_attribute("data-ready") or 0)
        counts.tells(keys_to_evidence=len(keys), ready_ms=ready)
    story.then_i_see("What connects Amara Osei, Bo Lindgren, Cleo Marsh")
    story.then_the_page_is_accessible("network")
    through_time(story)
    without_script(story, browser)
    story.when_i_follow("Keep this picture with what you make of it")
    story.when_i_fill("What do you make of it", "Three friends meet at the park; one adult gives them lifts.")
    story.then_the_page_is_accessible("network-keep")
    story.when_i_press("Keep it")
    story.page.locator("summary.govuk-details__summary").first.click()
    story.then_i_see("Three friends meet at the park", "They walk home together")
    story.then_the_page_is_accessible("network-kept")
    story.when_i_open(story.page.url.split("/kept/")[0].removeprefix(story.site) + "/compare")
    story.then_the_heading_is("What has changed")
    story.then_i_see("Appeared", "written down late")
    story.then_the_page_is_accessible("network-compare")
    story.when_i_open("/insight/networks/")
    story.then_i_see("Kept as it stood on", WHY)
    story.then_the_page_is_accessible("networks")
    story.when_i_open("/insight/networks/new")
    story.then_the_page_is_accessible("network-new")


def through_time(story: Story) -> None:
    """One press reads a line; the slider takes the picture and its table back, and the table says the same."""
    page = story.page
    link = page.locator('a[data-ends]:has(title:has-text("Amara Osei friend of and seen with Bo Lindgren ("))')
    link.locator(".kith-network__hit").dispatch_event("click")
    page.get_by_text("They walk home together").wait_for()
    assert page.locator("#network-evidence li").count() == 3
    slider = page.locator("#slider")
    there = "a[data-ends]:not(.kith-network__gone)"
    before = page.locator(there).count()
    slider.evaluate("s => { s.value = s.max - 30; s.dispatchEvent(new Event('input', {bubbles: true}));"
                    " s.dispatchEvent(new Event('change', {bubbles: true})); }")  # fmt: skip
    page.get_by_role("heading", name="1 link on").wait_for()
    assert page.locator(there).count() == 1 < before
    evidence_as_of_the_slider(story, day := page.locator("#at").input_value())
    assert f"at={day}" in page.url, "leaving the page and coming back finds the same day"
    page.get_by_label("Hide links from a single source").check()
    page.get_by_role("button", name="Show").click()
    story.then_i_see("No link stands on this day")
    story.when_i_open(page.url.removeprefix(story.site).split("?")[0])


def evidence_as_of_the_slider(story: Story, day: str) -> None:
    """However a link is opened after the slider was moved, its evidence is as of the slider's day."""
    page, said = story.page, f"As it stood on {words.short_day(date.fromisoformat(day))}"
    evidence = page.locator("#network-evidence")
    line = page.locator("a[data-ends]:not(.kith-network__gone)")
    assert f"at={day}" in (line.get_attribute("href") or ""), "opened beside, in another tab"
    line.locator(".kith-network__hit").dispatch_event("click")
    evidence.get_by_text(said).wait_for()
    for press in (lambda: page.locator("#network-table a[data-evidence]").click(), lambda: by_code(story, line)):
        page.evaluate("document.getElementById('network-evidence').replaceChildren()")
        press()
        evidence.get_by_text(said).wait_for()
    leads = page.eval_on_selector_all("#network-more a", "all => all.map(one => one.getAttribute('href'))")
    assert [href for href in leads if f"at={day}" not in href] == []
    story.then_i_see("1 link on")


def by_code(story: Story, line: Locator) -> None:
    story.page.keyboard.press("l")
    story.page.keyboard.type(line.get_attribute("data-code") or "")


def without_script(story: Story, browser: Browser) -> None:
    own = story.context, story.page
    address = story.page.url
    story.given_no_script(browser.new_context(java_script_enabled=False))
    story.page.goto(address)
    story.then_i_see("links on", "What is likely missing")
    assert story.page.locator("svg a[data-ends]").count() > 5
    day = timezone.localdate() - timedelta(days=3)
    story.page.get_by_label("As it stood on").fill(str(day))
    story.page.get_by_role("button", name="Show").click()
    story.page.locator("#network-table a[data-evidence]").first.click()
    story.then_i_see("How this link is known", f"As it stood on {words.short_day(day)}")
    evidence = story.page.url
    story.context.close()
    story.context, story.page = own
    story.page.goto(evidence)
    story.then_the_page_is_accessible("network-evidence")
    story.page.goto(address)


@pytest.mark.journey("J12")
def test_five_hundred_nodes_and_two_thousand_links(story: Story, cast: Cast) -> None:
    """As much as one picture holds: how soon it can be used is told to `kith journeys`; nothing is asserted of time."""
    first = many(cast)
    with viewing_as(cast.asha):
        wanted = Wanted(WHY, ["6-1-e"], Mode.PROFESSIONAL, [first.pk])
        network = begin_network(wanted=wanted, by=cast.asha, now=timezone.now())
    story.given_signed_in_as(cast.asha)
    story.when_i_open(f"/insight/networks/{network.pk}/")  # whatever is made once is made
    with story.journey("J12") as counts:
        story.when_i_open(f"/insight/networks/{network.pk}/")
        story.page.locator("[data-network][data-ready]").wait_for()
        ready = int(story.page.locator("[data-network]").get_attribute("data-ready") or 0)
        keys = ["ArrowRight", "Enter"]
        story.page.locator("[data-network-frame]").focus()
        for key in keys:
            story.page.keyboard.press(key)
        story.page.locator("#network-evidence li").first.wait_for()
        counts.tells(ready_ms=ready, keys_to_evidence=len(keys))
    twenty_links_by_their_codes(story)
    assert story.page.locator("[data-node]").count() == MOST_NODES
    assert story.page.locator("a[data-ends]").count() == MOST_LINKS
    moved = story.page.evaluate("""() => { const s = document.querySelector('#slider'); const began = performance.now();
        s.value = s.max - 5; s.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight;
        return performance.now() - began; }""")
    print(f"500 nodes, 2,000 links: usable after {ready} ms; a step of the slider {moved:.0f} ms")
    story.then_the_page_is_accessible("network-large")
    story.page.keyboard.press("l")
    story.page.keyboard.type("child 123")
    assert story.page.locator(".kith-network__code-there").count() > 1
    story.then_the_page_is_accessible("network-one-of-many")


def twenty_links_by_their_codes(story: Story) -> None:
    """Wherever one is on the page, one key and a link's code open its evidence: at most four key presses."""
    page, chance = story.page, random.Random(4)
    links = page.eval_on_selector_all(
        "a[data-ends]", "all => all.map(one => [one.dataset.code, one.querySelector('title').textContent])"
    )
    for code, title in chance.sample(links, 20):
        page.evaluate("document.activeElement.blur()")
        keys = ["l", *code]
        assert len(keys) <= 4
        for key in keys:
            page.keyboard.press(key)
        first, second = title.rsplit(" (", 1)[0].split(" seen with ")
        page.get_by_role("heading", name=f"{first} and {second}", exact=True).wait_for()
        assert page.locator("#network-evidence li").count() > 0
        assert page.evaluate("document.activeElement.id") == "network-evidence"


def many(cast: Cast) -> Subject:
    """A child linked with everybody in a network as large as a picture may be, all open to Asha."""
    now, today, chance = timezone.now(), timezone.localdate(), random.Random(12)
    scopes = Scope.objects.bulk_create(Scope(kind="circle") for _ in range(MOST_NODES))
    people = Subject.objects.bulk_create(
        Subject(kind="person", name=f"Child {number}", scope=scope, created_at=now)
        for number, scope in enumerate(scopes)
    )
    Person.objects.bulk_create(Person(subject=one, scope=one.scope, is_child=True) for one in people)
    opened = {"because": "Allocated", "reason_kind": "allocated", "opened_at": now, "opened_by": cast.loader}
    Opening.objects.bulk_create(Opening(scope=scope, viewer=cast.asha, **opened) for scope in scopes)
    ViewerScope.objects.bulk_create(ViewerScope(viewer=cast.asha, scope=scope) for scope in scopes)
    pairs = {(0, other) for other in range(1, MOST_NODES)}
    while len(pairs) < MOST_LINKS:
        pairs.add(tuple(sorted(chance.sample(range(1, MOST_NODES), 2))))  # type: ignore[arg-type]
    LinkEvidence.objects.bulk_create(
        LinkEvidence(subject=people[a], other=people[b], scope=people[a].scope, kind="seen-with", outward=True,
                     other_name=people[b].name, text="Seen together", grade="seen", feed="youth", recorded_at=now,
                     last_seen=today - timedelta(days=(first * 7 + second) % 300))
        for first, second in sorted(pairs) for a, b in ((first, second), (second, first))
    )  # fmt: skip
    return people[0]


def test_a_suggested_link_is_looked_at_and_declined(story: Story, cast: Cast, amara: Subject) -> None:
    cleo, dee = Subject.objects.get(name="Cleo Marsh"), make_person("Dee Okafor")
    let_in(dee, cast.asha)
    for days in (12, 30):
        make_entry("Argument at the bus stop", cleo, dee, on=timezone.localdate() - timedelta(days=days))
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/insight/suggestions/")
    story.then_i_see("Nothing is a link until somebody says so", "Cleo Marsh and Dee Okafor")
    story.then_the_page_is_accessible("suggestions")
    story.when_i_follow("Cleo Marsh and Dee Okafor")
    story.then_the_page_is_accessible("suggestion")
    story.when_i_press("Decline it")
    story.then_the_page_is_accessible("suggestion-without-a-reason")
    story.when_i_fill("Why these two", "They were at a school trip of forty children")
    story.when_i_press("Decline it")
    story.then_i_see("declined")
    story.when_i_open("/insight/suggestions/")
    story.then_i_see("What you decided")
    story.then_the_page_is_accessible("suggestions-decided")


@pytest.fixture
def cuts(cast: Cast, settings: Any, tmp_path: Path) -> tuple[Cut, Cut]:
    """An analyst's two cuts, four weeks apart."""
    settings.CUTS = tmp_path / "cuts"
    today = timezone.localdate()
    return keep_network_cut(cast.uma, today - timedelta(days=28), share=0.8), keep_network_cut(cast.uma, today)


def test_an_analyst_reads_the_network_of_a_cut_in_codes(story: Story, cast: Cast, cuts: tuple[Cut, Cut]) -> None:
    story.expected_statuses.add(409)
    story.given_signed_in_as(cast.uma)
    story.page.set_default_timeout(60_000)
    story.when_i_open("/insight/networks/whole")
    story.then_the_page_is_accessible("whole-asked")
    story.when_i_press("Look at it")
    story.then_there_is_a_problem("Answer the question: What is it for?")
    story.when_i_fill("What is it for?", "To see which places connect groups of friends before the spring plan")
    story.when_i_choose("Public task")
    story.when_i_press("Look at it")
    story.then_i_see("Community 1", "How sure: it", "are not described", "Links nobody wrote down would join or part")
    story.then_the_page_is_accessible("whole")
    story.page.get_by_label("Two steps").check()
    story.page.locator("button[name=begin]").first.click()
    story.then_the_heading_is("Network")
    story.then_i_see("In codes, two steps from")
    story.page.locator("[data-network][data-ready]").wait_for()
    network = story.page.url.removeprefix(story.site)
    code = story.page.locator("#network-table td").first.inner_text()
    story.page.keyboard.press("l")
    story.page.keyboard.type(code)
    story.then_i_see("A cut holds no words")
    story.then_the_page_is_accessible("in-codes")
    story.when_i_follow("Compare two days, or two cuts")
    story.when_i_press("Compare the two cuts")
    story.then_i_see("Appeared", "written down late")
    story.then_the_page_is_accessible("in-codes-compared")
    story.when_i_open(network)
    story.when_i_follow("Keep this picture with what you make of it")
    story.then_the_page_is_accessible("in-codes-keep")
    story.when_i_fill("What do you make of it", "Two groups of friends share the park; half of it rests on one agency.")
    story.when_i_press("Keep it")
    story.then_i_see("Two groups of friends share the park")
    story.then_the_page_is_accessible("in-codes-kept")
    story.when_i_open("/insight/networks/whole")
    story.then_i_see("What you asked for", "Kept as it stood on")
    story.then_the_page_is_accessible("whole-kept")
