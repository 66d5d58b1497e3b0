"""A child is reported missing, stands on the board of those who search at once, and a wrong time is set right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from kith.chronology.models import Entry
from kith.foundations.clocks import HERE
from kith.foundations.design_system.words import clock_time
from kith.foundations.notices.models import Notice
from kith.missing.actions import Back, Details, Reported, report_missing, say_back
from kith.missing.actions.grading import Graded, give_grade
from kith.missing.actions.updates import say_update
from kith.missing.models import Episode
from kith.subjects.models import Involvement, Subject
from kith.subjects.search import refresh
from tests.journeys.story import Story
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

HOUR = timedelta(hours=1)
WITHIN = 5_000  # milliseconds: on another's board without a click


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei", pronouns="she/her", language="Somali")
    let_in(child, cast.asha)
    let_in(child, cast.at_home, because="She lives at Seacroft House")
    lead = {"worker": "Asha Rahman", "worker_key": cast.asha.email, "role": "Social worker", "phone": "01632 960110"}
    Involvement.objects.create(
        subject=child, scope=child.scope, agency=cast.council, recorded_at=NOW, is_lead=True, **lead
    )
    refresh()
    return child


@pytest.fixture
def other(story: Story, browser: Browser) -> Iterator[Story]:
    """A second person at a second browser."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London", viewport={"width": 1280, "height": 900})
    told = Story(context=context, site=story.site, pictures=story.pictures.with_name(f"{story.pictures.name}-other"))
    yield told
    told.then_nothing_went_wrong_unseen()
    context.close()


def day_of(story: Story, question: str, at: datetime) -> None:
    group = story.page.get_by_role("group", name=question)
    local = at.astimezone(HERE)
    for label, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
        group.get_by_label(label).fill(str(value))


def test_an_episode_appears_on_the_other_board_and_a_lost_connection_is_said(
    story: Story, other: Story, cast: Cast, amara: Subject
) -> None:
    other.given_signed_in_as(cast.raj)
    other.when_i_open("/missing/")
    other.then_i_see("Nobody is missing", "seconds ago.")
    other.then_the_page_is_accessible("empty board")
    report(story, cast)
    expect(other.page.get_by_role("link", name="A O, 15")).to_be_visible(timeout=WITHIN)
    other.then_i_see("from: children's home", "Nobody has said yet what is being done.")
    other.then_i_do_not_see("Amara", "Osei")
    other.then_the_page_is_accessible("board")
    the_connection_drops_and_comes_back(other)
    told = Notice.objects.filter(once__startswith="missing:")
    assert {one.viewer.name for one in told} == {"Asha Rahman", "Quinn Doyle", "Raj Singh"}
    assert not any("Amara" in one.text or "Osei" in one.text for one in told)


def report(story: Story, cast: Cast) -> None:
    """Asha finds Amara by name and date of birth, and reports her."""
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/missing/report")
    story.then_i_see("Ring 999", "ring 101")
    story.when_i_press("Find the child")
    story.when_i_fill("Name", "Amara Osei")
    story.then_the_page_is_accessible("find")
    story.when_i_press("Find the child")
    story.then_i_see("Who do you mean?")
    story.then_the_page_is_accessible("found")
    story.when_i_follow("Amara Osei")
    story.when_i_press("Report the child")
    story.then_there_is_a_problem("Answer the question: Are they missing, or away?")
    story.when_i_choose("Missing")
    at = timezone.now() - 3 * HOUR
    day_of(story, "The day they were last seen", at)
    story.when_i_fill("The time they were last seen", clock_time(at))
    story.page.get_by_label("Where they are missing from").select_option("childrens-home")
    story.when_i_fill("Where they were last seen", "The bus stop by the quay")
    story.when_i_fill("What happened, and why you are worried", "She left after a call and has no coat.")
    story.when_i_fill("What they wear", "Green hoodie, white trainers")
    story.when_i_choose("Criminal exploitation")
    story.then_the_page_is_accessible("report")
    story.when_i_press("Report the child")
    story.then_i_see("Reported. The reference is M-", "Missing for 3 hours", "Green hoodie, white trainers")
    assert "Amara" not in story.page.title()
    story.then_the_page_is_accessible("episode")


def the_connection_drops_and_comes_back(other: Story) -> None:
    line = other.page.locator("[data-live-lost]")
    expect(line).to_be_hidden()
    other.expected_statuses.add(0)
    before = len(other.failures)
    other.context.set_offline(True)
    expect(line).to_contain_text("Connection lost since", timeout=WITHIN)
    assert line.get_attribute("role") == "status"
    other.then_the_page_is_accessible("connection lost")
    other.context.set_offline(False)
    expect(line).to_be_hidden(timeout=WITHIN)
    expect(other.page.locator("[data-live-age]")).to_contain_text("second")
    del other.failures[before:]  # the browser itself says that it had no connection


def test_the_board_without_a_script(story: Story, cast: Cast, amara: Subject, browser: Browser) -> None:
    now = timezone.now()
    report_missing(reported=Reported(amara.pk, cast.police.pk, "missing", now - 2 * HOUR), by=cast.raj, now=now)
    story.given_signed_in_as(cast.quinn)
    story.given_no_script(browser.new_context(java_script_enabled=False))
    story.when_i_open("/missing/")
    story.then_i_see("As it stood today", "A O, 15")
    story.when_i_follow("Refresh")
    story.then_i_see("A O, 15")


def test_a_full_board_is_read_from_across_a_room(story: Story, cast: Cast, amara: Subject) -> None:
    now = timezone.now()
    children = [amara, *(make_person(name) for name in ("Leo Whitcombe", "Zuri Adeleke", "Tomasz Nowak", "Ifeoma Eze"))]
    for number, child in enumerate(children):
        kind = "away" if number == 2 else "missing"
        details = Details(missing_from="childrens-home" if number else "home")
        told = Reported(child.pk, cast.police.pk, kind, now - (number * 9 + 0.6) * HOUR, details=details)
        episode = report_missing(reported=told, by=cast.raj, now=now)
        if number < 3:
            text = "Two officers at the coach station; its cameras are being looked at. The home rings every hour."
            say_update(episode_id=episode.pk, text=text, by=cast.raj, now=now - HOUR)
            give_grade(episode_id=episode.pk, graded=Graded(("medium", "high", "low")[number], "Known places"),
                       by=cast.raj, now=now)  # fmt: skip
        if number > 2:
            say_back(episode_id=episode.pk, back=Back(now - HOUR), by=cast.raj, now=now)
    story.given_signed_in_as(cast.raj)
    story.when_i_open("/missing/")
    story.then_i_see("Missing or away now (3)", "Back, and not talked with yet (2)", "High")
    story.then_the_page_is_accessible("full")
    story.page.get_by_text("Narrow the board").click()
    story.page.get_by_label("Missing or away (optional)").select_option("away")
    story.when_i_press("Show these")
    story.then_i_see("Missing or away now (1)", "Z A, 15")


def test_a_grade_is_asked_why_not_high_and_a_wrong_return_is_set_right(
    story: Story, cast: Cast, amara: Subject
) -> None:
    make_entry("Referred: criminal exploitation", amara, kind="nrm-referral")
    now = timezone.now().replace(second=0, microsecond=0)
    told = Reported(amara.pk, cast.police.pk, "missing", now - 30 * HOUR, number="MP/4471")
    episode = report_missing(reported=told, by=cast.raj, now=now)
    report_missing(reported=Reported(amara.pk, cast.council.pk, "missing", now - 29 * HOUR), by=cast.asha, now=now)
    grade(story, cast, episode)
    back(story, episode, now - 2 * HOUR)
    set_right(story, cast, episode, now - 20 * HOUR)
    what_was_said_stands(story, cast, amara, episode)
    two_absences(story, episode)


def grade(story: Story, cast: Cast, episode: Episode) -> None:
    story.given_signed_in_as(cast.raj)
    story.when_i_open(f"/missing/{episode.pk}")
    story.then_i_see("MP/4471", "Joined by the rule: Severnmouth police tells of the same time")
    story.when_i_press("Grade it")
    story.then_i_see("Exploitation or trafficking is on record", "The record is not open to you")
    story.then_i_do_not_see("Referred: criminal")
    story.when_i_choose("Medium")
    story.when_i_fill("Why?", "She has been found at her aunt's before.")
    story.when_i_press("Grade it")
    story.then_there_is_a_problem("Something on record asks to consider high. Say why not.")
    story.when_i_fill("Why not high?", "Her aunt has rung: she is on her way there.")
    story.then_the_page_is_accessible("grade")
    story.when_i_press("Grade it")
    story.then_i_see("Asked to consider high", "Her aunt has rung")


def back(story: Story, episode: Episode, at: datetime) -> None:
    story.when_i_press("The child is back")
    day_of(story, "The day they came back", at)
    story.when_i_fill("The time they came back", clock_time(at))
    story.when_i_choose("Came back on their own")
    story.when_i_choose("Where they live")
    story.then_the_page_is_accessible("back")
    story.when_i_press("Say that the child is back")
    story.then_i_see("Back: was missing for 28 hours", "Not offered yet")


def set_right(story: Story, cast: Cast, episode: Episode, at: datetime) -> None:
    """Pia, of the home, knows that she came in eighteen hours earlier."""
    story.given_signed_in_as(cast.pia)
    story.when_i_open(f"/missing/{episode.pk}")
    story.when_i_press("Set the time of return right")
    day_of(story, "The day they came back", at)
    story.when_i_fill("The time they came back", clock_time(at))
    story.when_i_fill("Why is it wrong?", "The night staff wrote it down when the day began.")
    story.when_i_press("Look at before and after")
    story.then_i_see("It would say", "Who will be told", "Quinn Doyle, Severnmouth Council", "Raj Singh")
    story.then_the_page_is_accessible("before and after")
    story.when_i_press("Set it right")
    story.then_i_see("everybody concerned has been told", "Back: was missing for 10 hours", "Set right by Pia Novak")


def what_was_said_stands(story: Story, cast: Cast, amara: Subject, episode: Episode) -> None:
    story.then_i_see("The night staff wrote it down", "The words disagree")
    expect(story.page.get_by_text("Counts", exact=True)).to_have_count(1)
    story.then_the_page_is_accessible("set right")
    told = {one.viewer.name for one in Notice.objects.filter(once__startswith="corrected:")}
    assert told == {"Asha Rahman", "Quinn Doyle", "Raj Singh"}
    entry = Entry.objects.get(kind="return-corrected", about__subject=amara)
    assert "the time of return was" in entry.summary
    story.given_signed_in_as(cast.quinn)
    story.when_i_open("/missing/")
    story.then_i_see("Back, and not talked with yet (1)", "51 hours left")


def two_absences(story: Story, episode: Episode) -> None:
    story.when_i_open(f"/missing/{episode.pk}")
    story.when_i_follow("These are two absences")
    story.when_i_fill("Why?", "The council tells of the evening before.")
    story.then_the_page_is_accessible("two absences")
    story.when_i_press("Tell them apart")
    story.then_i_see("account stands on M-", "Told apart by Quinn Doyle")
    story.when_i_follow("Undo")
    story.when_i_fill("Why?", "It was the same evening after all.")
    story.when_i_press("Move it back")
    story.then_i_see(f"account stands on {episode.reference} now")


def test_two_reports_of_one_evening_are_one_absence(story: Story, cast: Cast, amara: Subject) -> None:
    """The police told of it twice: two absences, until a person says that they are one."""
    now = timezone.now()
    first, second = (
        report_missing(reported=Reported(amara.pk, cast.police.pk, "missing", now - hours * HOUR, number=number),
                       by=cast.raj, now=now)
        for hours, number in ((30, "MP/1"), (29, "MP/2"))
    )  # fmt: skip
    story.given_signed_in_as(cast.quinn)
    story.when_i_open(f"/missing/{second.pk}")
    story.when_i_follow("These are one absence")
    story.when_i_choose(first.reference)
    story.when_i_fill("Why?", "The home rang twice that evening.")
    story.then_the_page_is_accessible("one absence")
    story.when_i_press("Join them")
    story.then_i_see(f"They are one absence now: {first.reference}", "MP/1", "MP/2")
    story.when_i_open(f"/missing/{second.pk}")
    story.then_i_see("not counted")


def test_the_record_and_the_desk_say_who_is_missing(story: Story, cast: Cast, amara: Subject) -> None:
    now = timezone.now()
    for gone, back_at in ((400, 390), (50, 42), (5, None)):
        told = Reported(amara.pk, cast.police.pk, "missing", now - gone * HOUR,
                        back_at=None if back_at is None else now - back_at * HOUR)  # fmt: skip
        report_missing(reported=told, by=cast.raj, now=now)
    story.given_signed_in_as(cast.asha)
    story.when_i_open("/")
    story.then_i_see("Missing now (1)", "A O, 15", "missing for 5 hours, not graded")
    story.then_the_page_is_accessible("desk")
    story.when_i_open(f"/records/{amara.pk}/missing")
    story.then_i_see("3 absences in all, 3 in the last twelve months.", "Missing now, for 5 hours", "late")
    story.then_the_page_is_accessible("record")
    story.when_i_follow("Report missing or away")
    story.then_the_heading_is("Report a child missing or away")
    story.when_i_open(f"/records/{make_shown(cast).pk}/missing")
    story.then_i_see("No absence is on record")
    story.given_signed_in_as(cast.quinn)
    story.when_i_open("/")
    story.when_i_follow("The board")
    story.then_the_heading_is("Missing board")


def make_shown(cast: Cast) -> Subject:
    child = make_person("Leo Whitcombe")
    let_in(child, cast.asha)
    return child
