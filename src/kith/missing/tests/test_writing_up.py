"""What a child said is kept in their words and goes, at once, as far as they agreed and no further."""

from dataclasses import replace

import pytest
from django.db import connection, transaction

from kith.chronology.models import Entry
from kith.foundations.access.actions import end_opening, open_circle
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Text
from kith.foundations.notices.models import Notice
from kith.intelligence.models import Named, Report
from kith.missing.actions.passing_on import told_by_hand
from kith.missing.actions.writing_up import Agreed, Holding, Naming, Parent, WhatWasSaid, write_up
from kith.missing.models import Consent, Conversation, Episode, Mentioned, Said, SaidBefore, Sent
from kith.missing.rules.telling import goes_to_police, names_in
from kith.missing.talks_permissions import can_read_said
from kith.missing.tests.back import BACK, HOUR, conversation_of, make_amara, was_missing
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in

pytestmark = pytest.mark.django_db
SITE = "https://kith.example/"
NAMED = (
    Naming("person", "Big T", "drives", to_police=True),
    Naming("place", "The chip shop by the quay"),
    Naming("phone", "07700 900999"),
)
SAID = WhatWasSaid(
    own_words="They said I owed them",
    push=("bored",),
    pull=("debt",),
    safety="Meet her from school on Friday",
    view="She was frightened",
    summary="She told of a debt and would like lifts home",
    for_parent="We talked. A lift home would help",
    named=NAMED,
)
PARENT = Parent(phone="07700 900123")
HELD = Holding(BACK + 2 * HOUR, "walk", independent=True)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    return make_amara(cast)


@pytest.fixture
def conversation(cast: Cast, amara: Subject) -> Conversation:
    return conversation_of(was_missing(cast, amara))


def agreed(**answers: str) -> tuple[Agreed, ...]:
    given = {"police": "none", "worker": "all", "parent": "none", "school": "none", "health": "none"} | answers
    return tuple(Agreed(recipient, answer) for recipient, answer in given.items())


def written(cast: Cast, conversation: Conversation, said: WhatWasSaid, **more: object) -> Said:
    with viewing_as(cast.quinn):
        given = {"holding": HELD, "parent": PARENT, "site": SITE} | more
        return write_up(conversation_id=conversation.pk, said=said, by=cast.quinn, now=NOW, **given)  # type: ignore[arg-type]


def test_everything_goes_where_it_may_at_once(cast: Cast, amara: Subject, conversation: Conversation) -> None:
    said = written(cast, conversation, replace(SAID, agreed=agreed(police="all", parent="all")))
    conversation.refresh_from_db()
    assert (conversation.held_at, conversation.written_up_at) == (HELD.at, NOW)
    assert conversation.independent is True
    report = Report.objects.get()
    assert report.came_from == f"conversation:{conversation.reference}"
    assert set(Named.objects.values_list("kind", "value")) == {
        ("person", "Big T"),
        ("place", "The chip shop by the quay"),
    }
    assert "owed" not in report.text
    assert "Amara" not in report.text
    kinds = dict(Entry.objects.filter(about__subject=amara).values_list("kind", "summary"))
    assert "Meet her from school on Friday" in kinds["note"]
    assert SAID.summary in kinds["return-interview"]
    assert "They said I owed them" not in "".join(kinds.values())
    assert Notice.objects.filter(viewer=cast.asha, once__startswith="safety", pushed=True).exists()
    message = Text.objects.get(to=PARENT.phone)
    assert "/private/" in message.body
    assert "Amara" not in message.body
    assert {one.recipient: one.at for one in said.sent.all()} == dict.fromkeys(
        ("record", "police", "worker", "parent"), NOW
    )


def test_nothing_goes_to_whom_the_child_says_no(cast: Cast, conversation: Conversation) -> None:
    said = written(cast, conversation, replace(SAID, agreed=agreed(worker="none"), safety=""))
    assert list(said.sent.values_list("recipient", flat=True)) == ["record"]
    assert not Report.objects.exists()
    assert not Text.objects.exists()


def test_of_some_of_it_only_what_was_chosen_goes_to_the_police(cast: Cast, conversation: Conversation) -> None:
    written(cast, conversation, replace(SAID, agreed=agreed(police="some")))
    assert list(Named.objects.values_list("value", flat=True)) == ["Big T"]


def test_told_anyway_needs_its_reason(cast: Cast, conversation: Conversation) -> None:
    anyway = (Agreed("police", "none", anyway_because="He waits outside the school with a knife; she knows"),)
    written(cast, conversation, replace(SAID, agreed=anyway))
    assert list(Named.objects.values_list("value", flat=True)) == ["Big T"]
    assert Consent.objects.get().anyway_because


@pytest.mark.parametrize(
    ("kind", "answer", "chosen", "anyway", "goes"),
    [
        ("person", "all", False, "", True),
        ("phone", "all", True, "", False),
        ("place", "some", False, "", False),
        ("place", "some", True, "", True),
        ("vehicle", "none", True, "", False),
        ("vehicle", "none", True, "Somebody is in danger", True),
        ("vehicle", "none", False, "Somebody is in danger", False),
        ("person", "", True, "", False),
    ],
)
def test_what_goes_to_the_police(kind: str, answer: str, chosen: bool, anyway: str, goes: bool) -> None:
    assert goes_to_police(kind, answer, chosen=chosen, anyway_because=anyway) is goes


def test_who_reads_what_was_said(cast: Cast, conversation: Conversation) -> None:
    written(cast, conversation, replace(SAID, agreed=agreed(police="all")))
    seen = {}
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen[viewer.name.split()[0]] = (Said.objects.count(), Sent.objects.count())
    assert {name for name, counts in seen.items() if counts != (0, 0)} == {"Asha", "Quinn"}  # not the police, nor home


def test_of_the_circle_only_social_care_has_the_childs_words(
    cast: Cast, amara: Subject, conversation: Conversation
) -> None:
    """The school, the home and a carer of the council see that they talked; in the database, no word of it is there."""
    let_in(amara, cast.carol, cast.raj, cast.ben)
    written(cast, conversation, replace(SAID, agreed=agreed(police="all")))
    written(cast, conversation, replace(SAID, summary="Set right", agreed=agreed(police="all")), holding=None)
    theirs = (Said, SaidBefore, Mentioned, Consent, Sent)
    for viewer in (cast.carol, cast.pia, cast.raj):
        with viewing_as(viewer):
            assert (Episode.objects.count(), Conversation.objects.count()) == (1, 1), viewer
            assert {model.__name__: model.objects.count() for model in theirs} == {m.__name__: 0 for m in theirs}, (
                viewer
            )
    for viewer in (cast.ben, cast.quinn):
        with viewing_as(viewer):
            assert all(model.objects.exists() for model in theirs), viewer


def test_it_follows_the_work(cast: Cast, amara: Subject, conversation: Conversation) -> None:
    """Allocated, they read it; no longer allocated, they do not; a worker whom a home employs never does."""
    written(cast, conversation, SAID)
    given = {"because": "Social worker", "reason_kind": "allocated", "by": cast.loader, "now": NOW}
    opening = open_circle(scope=amara.scope, viewer=cast.ben, **given)
    with viewing_as(cast.ben):
        assert Said.objects.exists()
    end_opening(opening=opening, because="Another leads", by=cast.loader, now=NOW)
    with viewing_as(cast.ben):
        assert not Said.objects.exists()


@pytest.mark.parametrize("kind", ["council", "social care", "police", "health", "school", "children's home", ""])
@pytest.mark.parametrize("work", ["", "homes", "search", "response"])
def test_the_pages_and_the_database_say_the_same(cast: Cast, kind: str, work: str) -> None:
    cast.east.work, cast.council.kind = work, kind
    cast.east.save()
    cast.council.save()
    with viewing_as(cast.asha), connection.cursor() as cursor:
        cursor.execute("select kith_of_social_care()")
        assert cursor.fetchone() == (can_read_said(cast.asha),)


def test_set_right_keeps_what_stood_and_sends_only_what_is_new(cast: Cast, conversation: Conversation) -> None:
    first = replace(SAID, agreed=agreed(police="all"))
    written(cast, conversation, first)
    more = replace(first, named=(*NAMED, Naming("vehicle", "Blue van")), summary="She told of a debt to two men")
    said = written(cast, conversation, more, holding=None, why="She named the van later")
    before = SaidBefore.objects.get()
    assert before.fields["summary"] == SAID.summary
    assert before.why == "She named the van later"
    assert [report.named.count() for report in Report.objects.order_by("pk")] == [2, 1]
    old, new = Entry.objects.filter(kind="return-interview").order_by("pk")
    assert old.superseded_by == new
    assert said.sent.filter(recipient="worker").count() == 1
    written(cast, conversation, more, holding=None, why="Nothing")
    assert Report.objects.count() == 2
    assert Entry.objects.filter(kind="return-interview").count() == 2


def test_where_nobody_grades_the_rest_goes_and_the_page_tells_it(cast: Cast, conversation: Conversation) -> None:
    cast.intelligence.work = ""
    cast.intelligence.save()
    said = written(cast, conversation, replace(SAID, agreed=agreed(police="all")))
    assert not said.sent.filter(recipient="police").exists()
    assert said.sent.filter(recipient="worker").exists()


def test_the_school_is_told_by_a_person_who_says_so(cast: Cast, conversation: Conversation) -> None:
    said = written(cast, conversation, replace(SAID, agreed=agreed(school="some")))
    with viewing_as(cast.quinn):
        told_by_hand(said_id=said.pk, recipient="school", by=cast.quinn, now=NOW)
        assert said.sent.get(recipient="school").what == "Told by Quinn Doyle"
        for no in ("health", "police"):
            with pytest.raises(NotAllowed), transaction.atomic():
                told_by_hand(said_id=said.pk, recipient=no, by=cast.quinn, now=NOW)


def test_only_those_who_talk_write_up(cast: Cast, conversation: Conversation) -> None:
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        write_up(conversation_id=conversation.pk, said=SAID, holding=HELD, parent=PARENT, by=cast.asha, now=NOW)


def test_names_are_found_whatever_their_case() -> None:
    assert names_in("we talked with AMARA today", ["Amara Osei"]) == ["Amara"]
    assert names_in("Osei’s mother", ["Amara Osei"]) == ["Osei"]
    assert names_in("A lift would help", ["Al Ali"]) == []
