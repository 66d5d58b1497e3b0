"""A carer keeps a child's profile, looks for the child and reports; the police read it until the child is back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Back, Details, Reported, report_missing, say_back
from kith.missing.models import Episode, HomeSearch, Profile
from kith.subjects.models import LinkEvidence, Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CALMS = "Sit beside her, and talk about the dog"


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei", sex="F")
    let_in(child, cast.asha)
    return child


def test_a_profile_is_kept_and_opens_only_while_the_child_is_missing(story: Story, cast: Cast, amara: Subject) -> None:
    begin(story, cast, amara)
    keep(story, cast)
    number = Profile.objects.get().pk
    closed_to_the_police(story, cast, number)
    look_and_report(story, cast)
    the_police_read_it(story, cast, number)
    episode = Episode.objects.get()
    with viewing_as(cast.raj):
        say_back(episode_id=episode.pk, back=Back(timezone.now()), by=cast.raj, now=timezone.now())
    closed_to_the_police(story, cast, number)
    story.given_signed_in_as(cast.pia)
    story.when_i_open(reverse("missing-profile", args=[number]))
    story.then_i_see("Raj Singh, Severnmouth police", "Read it", episode.reference)
    story.then_the_page_is_accessible("profile afterwards")
    agree_on_the_month(story)


def begin(story: Story, cast: Cast, amara: Subject) -> None:
    story.given_signed_in_as(cast.asha)
    story.when_i_open(reverse("record-profile", args=[amara.pk]))
    story.when_i_press("Begin the profile")
    story.then_there_is_a_problem("Choose a home, or enter somebody's email")
    story.page.get_by_label("The home whose staff keep it").select_option(str(cast.at_home.pk))
    story.then_the_page_is_accessible("begin")
    story.when_i_press("Begin the profile")
    story.then_i_see("Nothing is written yet")
    story.when_i_open(reverse("record-triggers", args=[amara.pk]))
    story.when_i_fill("What they say about it, in their words", "I go when it gets loud")
    story.then_the_page_is_accessible("triggers")
    story.when_i_press("Save")
    story.then_i_see("I go when it gets loud")


def keep(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.pia)
    story.when_i_open("/missing/profiles/")
    story.then_i_see("nothing written yet")
    story.when_i_follow("Amara Osei")
    story.when_i_follow("Write in the profile")
    story.when_i_fill("What calms them", CALMS)
    story.when_i_fill("Phones", "07700 900111")
    story.when_i_fill("Places they go", "The pier, her gran’s")
    story.then_the_page_is_accessible("edit")
    story.when_i_press("Save")
    story.then_i_see(CALMS, "Written just now", "Nobody but those who keep it has opened it")
    assert "Amara" not in story.page.title()
    story.then_the_page_is_accessible("profile")
    story.when_i_follow("Let somebody else keep it too")
    story.then_the_page_is_accessible("keepers")
    story.when_i_open("/missing/profiles/")
    story.then_the_page_is_accessible("profiles")


def closed_to_the_police(story: Story, cast: Cast, number: int) -> None:
    story.given_signed_in_as(cast.raj)
    story.when_i_open(reverse("missing-profile", args=[number]), status=404)
    story.when_i_open("/missing/profiles/")
    story.then_i_do_not_see("Amara")


def look_and_report(story: Story, cast: Cast) -> None:
    story.given_signed_in_as(cast.pia)
    story.when_i_open("/missing/report")
    story.then_the_heading_is("Before you report a child missing")
    story.when_i_choose("Amara Osei")
    seen = timezone.localtime(timezone.now() - 2 * HOUR)
    for part, value in (("Day", seen.day), ("Month", seen.month), ("Year", seen.year)):
        story.when_i_fill(part, str(value))
    story.when_i_fill("The time, as best you know", f"{seen:%H:%M}")
    story.then_the_page_is_accessible("before reporting")
    story.when_i_press("Begin the search")
    story.then_the_heading_is("Look for Amara Osei")
    story.when_i_press("Their room")
    story.then_i_see("Done today")
    story.when_i_press("Go on and report")
    story.then_i_see("Do each step that is left, or skip it with a reason.")
    story.then_the_page_is_accessible("search")
    story.when_i_press("In danger: report now")
    story.when_i_choose("Missing")
    for part, value in (("Day", seen.day), ("Month", seen.month), ("Year", seen.year)):
        story.when_i_fill(part, str(value))
    story.when_i_fill("The time they were last seen", f"{seen:%H:%M}")
    story.page.get_by_label("Where they are missing from").select_option("childrens-home")
    story.when_i_fill("What happened, and why you are worried", "She ran out after a call.")
    story.when_i_press("Report the child")
    story.then_i_see("Reported. The reference is M-")
    search = HomeSearch.objects.get()
    assert search.episode_id == Episode.objects.get().pk
    story.when_i_open(reverse("missing-search", args=[search.pk]))
    story.then_i_see("The child may be in danger: reported at once")
    story.when_i_open("/missing/searches/")
    story.then_i_see("Reported, M-")
    story.then_the_page_is_accessible("searches")
    story.when_i_open(reverse("missing-profile-today", args=[Profile.objects.get().pk]))
    story.when_i_fill("Their mood before", "Frightened")
    story.then_the_page_is_accessible("today")
    story.when_i_press("Save and show it to those who search")


def the_police_read_it(story: Story, cast: Cast, number: int) -> None:
    story.given_signed_in_as(cast.raj)
    story.when_i_open(reverse("missing-episode", args=[Episode.objects.get().pk]))
    story.when_i_follow("What Seacroft House did before reporting")
    story.then_i_see("Their room")
    story.then_the_page_is_accessible("search for police")
    story.when_i_open("/missing/profiles/")
    story.when_i_follow("Amara Osei")
    story.then_i_see(CALMS, "Frightened", "open to you until the child is back")
    story.then_i_do_not_see("Write in the profile", "Who opened it", "I go when it gets loud")
    story.then_the_page_is_accessible("profile for police")
    story.when_i_follow("Print on A4")
    story.then_i_see("Destroy this copy when the child is back.")
    story.then_the_page_is_accessible("print")
    story.when_i_open(reverse("missing-profile-edit", args=[number]), status=404)


def agree_on_the_month(story: Story) -> None:
    story.when_i_open("/missing/reviews/")
    story.then_i_see("Nothing is due.")
    story.when_i_follow("Seacroft House: this month so far")
    story.then_i_see("Yes, list kept")
    story.when_i_fill("Who was there", "Pia Novak, Raj Singh")
    story.when_i_fill("Agreed 1: what is done", "Walk the way from school")
    story.when_i_press("Keep the review")
    story.then_there_is_a_problem("Enter who does it")
    story.then_the_page_is_accessible("review form")
    story.when_i_fill("Agreed 1: who does it", "Raj Singh")
    today = localdate()
    by = story.page.get_by_role("group", name="Agreed 1: by when")
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        by.get_by_label(part).fill(str(value))
    story.when_i_press("Keep the review")
    story.then_i_see("Walk the way from school")
    story.then_the_page_is_accessible("review")
    story.when_i_open("/missing/reviews/")
    story.then_the_page_is_accessible("reviews")


def test_patterns_and_two_who_were_missing_together(story: Story, cast: Cast, amara: Subject) -> None:
    leo = make_person("Leo Whitcombe", sex="M")
    now = timezone.now()
    for days in (70, 40, 20, 3):
        absent(cast, amara, now - days * DAY)
    absent(cast, leo, now - 3 * DAY + HOUR, companions="Amara Osei")
    story.given_signed_in_as(cast.quinn)
    story.when_i_open("/")
    story.when_i_follow("Missing children")
    story.when_i_follow("Patterns")
    story.then_i_see("Amara Osei and Leo Whitcombe", "Where found", "Harbour Park")
    story.then_the_page_is_accessible("patterns")
    story.when_i_follow("Harbour Park")
    story.then_i_see("M-")
    story.then_the_page_is_accessible("rows")
    story.when_i_open("/missing/patterns/")
    story.when_i_follow("Amara Osei and Leo Whitcombe")
    story.then_i_see("Both found at Harbour Park")
    story.then_the_page_is_accessible("together")
    story.when_i_press("Yes: put it on both records")
    story.then_i_see("confirmed by Quinn Doyle")
    assert LinkEvidence.objects.filter(text__startswith="Missing together").count() == 2
    story.given_signed_in_as(cast.asha)
    story.when_i_open(reverse("record-pattern", args=[amara.pk]))
    story.then_i_see("absences in the last 90 days", "Absences, the latest first")
    assert "Amara" not in story.page.title()
    story.then_the_page_is_accessible("pattern")
    story.when_i_follow("Three months")
    story.then_i_see("Twelve months")


def absent(cast: Cast, child: Subject, gone: object, companions: str = "") -> None:
    details = Details(missing_from="childrens-home", companions=companions)
    told = Reported(child.pk, cast.police.pk, "missing", gone, back_at=gone + 20 * HOUR, details=details,
                    found_at_place="Harbour Park", number=str(gone))  # fmt: skip
    report_missing(reported=told, by=cast.loader, now=timezone.now())
