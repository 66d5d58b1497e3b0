"""A practitioner weighs a child's contexts on a phone, signs, plans a change of the park, and opens the park's pathway.

Given a child who is linked with a park, a group and no weighing
When the social worker weighs each context, concludes, and plans what changes at the park
Then the picture says it in words, the family’s version has every word and no group by name, and the park’s page tells
of the change and not of the child.
"""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from kith.contexts.models import Change, Weighing
from kith.foundations.access.models import Team
from kith.subjects.models import Subject
from tests.journeys.story import Story
from tests.support.cast import Cast, let_in, make_group, make_link, make_person, make_place

PHONE = {"width": 320, "height": 640}
GROUP = "The arcade evenings"


def test_contexts_are_weighed_and_the_park_is_changed(story: Story, cast: Cast) -> None:
    Team.objects.create(agency=cast.council, name="Contexts", work="contexts")
    amara, park, group = make_person("Amara Osei"), make_place("Harbour Park"), make_group(GROUP)
    for one in (amara, park, group):
        let_in(one, cast.east)
    make_link(amara, park, kind="seen-at")
    make_link(amara, group, kind="part-of")
    story.given_signed_in_as(cast.asha)
    story.page.set_viewport_size(PHONE)
    _each_is_weighed(story, amara)
    _it_is_signed_and_shown_to_the_family(story)
    _the_park_is_to_change(story, amara, park)


def _each_is_weighed(story: Story, amara: Subject) -> None:
    story.when_i_open(reverse("record", args=[amara.pk]))
    story.when_i_follow("Contexts")
    story.then_i_see("The contexts have not been weighed yet")
    story.then_the_page_is_accessible("none yet")
    story.when_i_press("Weigh the contexts")
    story.then_i_see("It is not signed yet", "Not yet asked")
    for name in ("Harbour Park", GROUP):
        story.when_i_follow("Add a context")
        story.then_the_page_is_accessible("add")
        story.when_i_choose(name)
        story.when_i_press("Add it")
        _say(story, name)


def _say(story: Story, name: str) -> None:
    heavy = name == "Harbour Park"
    story.when_i_fill("What does the child say about it?", "It is ours until it gets dark" if heavy else "They wait")
    story.when_i_fill("What harm is there?", "Older boys wait there in cars" if heavy else "They are asked for errands")
    story.when_i_fill("What keeps safe here, and who looks out for young people?", "The shop knows us")
    story.when_i_choose("Weighs most" if heavy else "Weighs some", "How much does its harm weigh?")
    story.when_i_choose("Gives some safety", "How much safety does it give?")
    story.when_i_fill("Why does it weigh what it weighs?", "Each time, it was there")
    story.then_the_page_is_accessible("context")
    story.when_i_press("Save")


def _it_is_signed_and_shown_to_the_family(story: Story) -> None:
    story.when_i_follow("Conclude and sign")
    story.when_i_fill("Which context weighs most, and why?", "What happens there after dark weighs most.")
    story.then_the_page_is_accessible("sign")
    story.when_i_press("Sign it")
    story.then_i_see("What weighs most: Harbour Park.", "Signed by Asha Rahman", GROUP)
    story.then_the_page_is_accessible("signed")
    story.when_i_follow("The version for the child and parents, on A4")
    story.then_i_see("It is ours until it gets dark", "They are asked for errands", "A group of friends")
    story.then_i_do_not_see(GROUP)
    story.then_the_page_is_accessible("family")


def _the_park_is_to_change(story: Story, amara: Subject, park: Subject) -> None:
    weighing, due = Weighing.objects.get(), timezone.localdate() + timedelta(days=21)
    story.when_i_open(reverse("context-change-new", args=[weighing.pk]))
    story.when_i_choose("Harbour Park")
    story.when_i_fill("What will change there?", "A youth worker is there each evening")
    story.when_i_fill("Who does it?", "Ria, youth work")
    for label, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        story.when_i_fill(label, str(value))
    story.when_i_fill("How will we know that it has changed?", "Young people say that they stay")
    story.then_the_page_is_accessible("plan")
    story.when_i_press("Plan it")
    story.then_i_see("Planned.", "A youth worker is there each evening")
    story.when_i_open(reverse("record-contexts", args=[park.pk]))
    story.then_i_see("A youth worker is there each evening", "Fewer than 5 children")
    story.then_i_do_not_see("Amara")
    story.then_the_page_is_accessible("at the park")
    story.when_i_open(reverse("context-change", args=[Change.objects.get().pk]))
    story.then_the_page_is_accessible("change")
    story.when_i_press("Open the pathway of this context")
    story.then_i_see("The pathway of this context is open.")
    story.when_i_open(reverse("record-contexts", args=[amara.pk]))
    story.then_the_page_is_accessible("on the record")
    story.when_i_open(reverse("contexts-mine"))
    story.then_the_page_is_accessible("mine")
