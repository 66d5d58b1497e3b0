"""Written once: one visit about three friends in a park stands on four records, each with what is theirs alone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person, make_place

WRITE = "/entries/new"
TEXT = "What happened, or what was said"
NAMES = ("Amara Osei", "Leo Whitcombe", "Zofia Nowak")


@pytest.fixture
def friends(cast: Cast) -> dict[str, Subject]:
    """Three friends and a park, all Asha's work; Leo is Carol's too, Amara Ben's."""
    people = {name: make_person(name) for name in NAMES} | {"Harbour Park": make_place(address="Harbour Road")}
    for subject in people.values():
        let_in(subject, cast.asha)
    let_in(people["Leo Whitcombe"], cast.carol)
    let_in(people["Amara Osei"], cast.ben)
    return people


@pytest.fixture
def asha(story: Story, cast: Cast, friends: dict[str, Subject]) -> Story:
    story.given_signed_in_as(cast.asha)
    return story


def mention(story: Story, typed: str, name: str) -> None:
    """As somebody types it: the first of the list is taken with Enter."""
    text = story.page.get_by_label(TEXT)
    text.press_sequentially(typed)
    option = story.page.get_by_role("option", name=name)
    expect(option).to_be_visible()
    expect(option).to_have_attribute("aria-selected", "true")
    text.press("Enter")
    expect(story.page.get_by_label(f"Only on the record of {name}")).to_be_visible()
    expect(text).to_be_focused()


@pytest.mark.journey("J3")
def test_a_social_worker_records_one_visit_about_three_friends_in_a_park(
    asha: Story, cast: Cast, friends: dict[str, Subject]
) -> None:
    asha.when_i_open("/")
    with asha.journey("J3") as counting:
        asha.when_i_follow("Write a note")
        text = asha.page.get_by_label(TEXT)
        text.click()
        text.press_sequentially("Visited after school. ")
        mention(asha, "@Ama", "Amara Osei")
        text.press_sequentially(", ")
        mention(asha, "@Leo", "Leo Whitcombe")
        text.press_sequentially(" and ")
        mention(asha, "@Zof", "Zofia Nowak")
        text.press_sequentially(" were at ")
        mention(asha, "#Harb", "Harbour Park")
        text.press_sequentially(", laughing together; nobody else was near and they were home by six.")
        asha.page.get_by_label("Only on the record of Leo Whitcombe").fill("He would like a bike.")
        asha.when_i_press("Save the note")
        asha.then_i_see("Your note stands on 4 records")
        stands = EntrySubject.objects.filter(entry=Entry.objects.get()).count()
        counting.tells(entries=Entry.objects.count(), records=stands)
    entry = Entry.objects.get()
    assert entry.summary == (
        "Visited after school. Amara Osei, Leo Whitcombe and Zofia Nowak were at Harbour Park, laughing together;"
        " nobody else was near and they were home by six."
    )
    assert {row.subject.name: row.private_text for row in EntrySubject.objects.all()} == {
        "Amara Osei": "", "Leo Whitcombe": "He would like a bike.", "Zofia Nowak": "", "Harbour Park": "",
    }  # fmt: skip
    searched = AuditEvent.objects.filter(action="search", what__startswith="Looked for whom to write about: ")
    assert searched.count() >= 4


def test_the_worker_of_one_does_not_read_what_belongs_to_another(
    asha: Story, cast: Cast, friends: dict[str, Subject]
) -> None:
    about = "&".join(f"about={subject.pk}" for subject in friends.values())
    asha.when_i_open(f"{WRITE}?{about}")
    asha.when_i_fill(TEXT, "At the park together.")
    asha.when_i_fill("Only on the record of Leo Whitcombe", "He would like a bike.")
    asha.when_i_fill("Only on the record of Amara Osei", "She is sleeping better.")
    asha.when_i_press("Save the note")
    for who, name, theirs, others in (
        (cast.carol, "Leo Whitcombe", "He would like a bike.", "sleeping better"),
        (cast.ben, "Amara Osei", "She is sleeping better.", "like a bike"),
    ):
        asha.given_signed_in_as(who)
        asha.when_i_open(reverse("record-chronology", args=[friends[name].pk]))
        asha.then_i_see("At the park together.", theirs)
        asha.then_i_do_not_see(others)


def test_the_list_by_keyboard(asha: Story, friends: dict[str, Subject]) -> None:
    asha.when_i_open(WRITE)
    text = asha.page.get_by_label(TEXT)
    asha.then_the_page_is_accessible("empty")
    text.press_sequentially("Saw @Zo")
    expect(asha.page.get_by_role("listbox")).to_have_count(0)
    text.press_sequentially("f")
    options = asha.page.locator(".kith-mentions").get_by_role("option")
    expect(options).to_have_text(["Zofia Nowak, 15, turns 16 in 2 weeks"])
    asha.page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(text).to_have_value("Saw @Zof")
    text.press_sequentially("ia")
    asha.page.wait_for_timeout(500)
    expect(options).to_have_count(0)
    text.fill("")
    text.press_sequentially("At #Har")
    expect(options.first).to_contain_text("Harbour Park, Park or open space, Harbour Road")
    expect(text).to_have_attribute("aria-activedescendant", "id_text-mentions-0")
    asha.then_the_page_is_accessible("offered")
    asha.when_i_press_the_keys("ArrowDown", "ArrowUp", "Enter")
    expect(text).to_have_value("At Harbour Park")
    asha.then_the_page_is_accessible("added")
    asha.when_i_press("Take Harbour Park away")
    expect(text).to_have_value("At Harbour Park")
    expect(asha.page.get_by_label("Only on the record of Harbour Park")).to_have_count(0)


def test_a_name_in_full_is_asked_about_and_added_only_by_a_press(asha: Story, friends: dict[str, Subject]) -> None:
    asha.when_i_open(WRITE)
    text = asha.page.get_by_label(TEXT)
    text.fill("Amara Osei and @Leo were at Harbour Park.")
    text.blur()
    asha.then_i_see("Is this about Amara Osei, 15")
    asha.then_the_page_is_accessible("asked")
    expect(asha.page.locator("#chosen [name=about]")).to_have_count(0)
    asha.page.get_by_role("button", name="Yes, add Amara Osei").click()
    expect(asha.page.get_by_label("Only on the record of Amara Osei")).to_be_visible()
    expect(text).to_be_focused()
    asha.page.get_by_role("button", name="No this is not about Leo Whitcombe").click()
    text.press_sequentially(" They laughed.")
    text.blur()
    asha.page.wait_for_timeout(800)
    expect(asha.page.locator("#named [data-named]")).to_have_count(1)
    asha.then_i_see("Is this about Harbour Park")
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on one record")
    assert [row.subject.name for row in EntrySubject.objects.all()] == ["Amara Osei"]


def test_without_a_script_by_find_and_by_what_was_named(
    asha: Story, friends: dict[str, Subject], browser: Browser
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    asha.given_no_script(plain)
    asha.when_i_open(WRITE)
    asha.when_i_fill(TEXT, "Zofia Nowak and Amara Osei at the park.")
    asha.when_i_fill("Find somebody or somewhere to add", "harbour")
    asha.when_i_press("Find")
    asha.when_i_press("Add Harbour Park")
    asha.when_i_press("Yes, add Zofia Nowak")
    asha.when_i_press("Save the note")
    asha.then_i_see("Your note stands on 2 records")
    plain.close()


def test_what_was_mentioned_is_put_back_with_the_words(asha: Story, friends: dict[str, Subject]) -> None:
    asha.when_i_open(WRITE)
    asha.page.get_by_label(TEXT).press_sequentially("Saw ")
    mention(asha, "@Leo", "Leo Whitcombe")
    asha.when_i_fill("Only on the record of Leo Whitcombe", "He would like a bike.")
    asha.page.get_by_label(TEXT).focus()
    expect(asha.page.locator(".kith-kept")).to_contain_text("Kept at")
    asha.page.wait_for_timeout(300)
    asha.when_i_open(WRITE)
    asha.when_i_press("Put them back")
    expect(asha.page.get_by_label("Only on the record of Leo Whitcombe")).to_have_value("He would like a bike.")
    expect(asha.page.get_by_label(TEXT)).to_have_value("Saw Leo Whitcombe")
