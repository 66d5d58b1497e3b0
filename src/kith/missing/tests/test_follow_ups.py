"""A parent is asked three days after a return by a neutral link, tells what they noticed once, and is answered."""

import re
from datetime import timedelta

import pytest

from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Text
from kith.foundations.notices.models import Notice
from kith.foundations.private_links.actions import NoSuchLink, To, make_link
from kith.missing.actions.alone import invite_alone, tell_alone
from kith.missing.actions.follow_ups import (
    Asking,
    Noticed,
    answer_follow_up,
    ask_parents,
    plan_follow_up,
    reply_to_parent,
    stop_follow_up,
)
from kith.missing.actions.writing_up import Agreed, WhatWasSaid
from kith.missing.models import Conversation, FollowUp, Said
from kith.missing.queries.follow_ups import how_it_went
from kith.missing.rules.steps import NotAStep
from kith.missing.tests.back import BACK, conversation_of, make_amara, was_missing
from tests.support.cast import NOW, Cast, let_in

pytestmark = pytest.mark.django_db
SITE = "https://kith.example/"
LATER = BACK + timedelta(days=3)
PHONE = "07700 900123"


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    return conversation_of(was_missing(cast, make_amara(cast)))


@pytest.fixture
def asked(cast: Cast, conversation: Conversation) -> FollowUp:
    asking = Asking("Grace Osei", "mother", phone=PHONE)
    with viewing_as(cast.asha):
        return plan_follow_up(conversation_id=conversation.pk, asking=asking, by=cast.asha, now=NOW)


def secret_sent() -> str:
    found = re.search("⟦https://kith.example/private/(.*?)⟧", Text.objects.latest("pk").body)
    assert found
    return found[1]


def told(cast: Cast, **more: object) -> FollowUp:
    assert ask_parents(by=cast.loader, now=LATER, site=SITE) == 1
    noticed = Noticed(("cars", "new-things"), "A blue van waits", **({"wants_reply": True} | more))  # type: ignore[arg-type]
    return answer_follow_up(secret=secret_sent(), noticed=noticed, now=LATER)


def test_they_are_asked_once_when_their_day_has_come(cast: Cast, asked: FollowUp) -> None:
    assert asked.ask_on == LATER
    assert ask_parents(by=cast.loader, now=LATER - timedelta(minutes=1), site=SITE) == 0
    assert ask_parents(by=cast.loader, now=LATER, site="") == 0  # there is no address to give
    assert ask_parents(by=cast.loader, now=LATER, site=SITE) == 1
    assert ask_parents(by=cast.loader, now=LATER, site=SITE) == 0
    body = Text.objects.get().body
    assert body.startswith("You can add anything you have noticed: ⟦https://kith.example/private/")
    assert not re.search("Amara|Osei|Grace|missing|child|safeguarding", body, re.IGNORECASE)


def test_what_they_tell_is_seen_at_once_and_a_reply_is_due(cast: Cast, asked: FollowUp) -> None:
    row = told(cast)
    assert row.reply_due_at is not None
    assert row.reply_due_at > LATER
    for viewer in (cast.quinn, cast.asha):
        notice = Notice.objects.get(viewer=viewer, once=f"answered:{row.pk}")
        assert not re.search("Amara|Osei|Grace", notice.text)
    with pytest.raises(NoSuchLink):
        answer_follow_up(secret=secret_sent(), noticed=Noticed(), now=LATER)


def test_whoever_wants_no_reply_waits_for_none(cast: Cast, asked: FollowUp) -> None:
    assert told(cast, wants_reply=False).reply_due_at is None


def test_we_answer_without_names_and_it_is_measured(cast: Cast, asked: FollowUp) -> None:
    told(cast)
    given = {"follow_up_id": asked.pk, "by": cast.asha, "site": SITE}
    with viewing_as(cast.asha):
        with pytest.raises(NotAStep, match="Amara"):
            reply_to_parent(text="We spoke with Amara", now=LATER, **given)
        reply_to_parent(text="Thank you. We look into the van", now=LATER + timedelta(hours=5), **given)
        with pytest.raises(NotAStep, match="already"):
            reply_to_parent(text="Again", now=LATER, **given)
        found = how_it_went(BACK)
    assert (found.asked, found.answered, found.reply_promised, found.replied_in_time) == (1, 1, 1, 1)
    assert "van" not in Text.objects.latest("pk").body


def test_a_link_taken_back_is_of_no_use(cast: Cast, asked: FollowUp) -> None:
    assert ask_parents(by=cast.loader, now=LATER, site=SITE) == 1
    with viewing_as(cast.quinn):
        stop_follow_up(follow_up_id=asked.pk, because="She asked us not to", by=cast.quinn, now=LATER)
    with pytest.raises(NoSuchLink):
        answer_follow_up(secret=secret_sent(), noticed=Noticed(("cars",)), now=LATER)


def test_a_link_for_one_thing_is_of_no_use_for_another(cast: Cast, asked: FollowUp) -> None:
    link = {"about": f"follow-up:{asked.pk}", "to": To(), "scope": asked.talkers, "now": NOW}
    secret = make_link(purpose="reply", **link)  # type: ignore[arg-type]
    with pytest.raises(NoSuchLink):
        answer_follow_up(secret=secret, noticed=Noticed(("cars",)), now=NOW)
    with pytest.raises(NoSuchLink):
        tell_alone(secret=secret, said=WhatWasSaid(), now=NOW)


def test_the_police_and_the_home_read_none_of_it(cast: Cast, asked: FollowUp) -> None:
    told(cast)
    let_in(asked.subject, cast.carol)
    for viewer in (cast.raj, cast.pia, cast.carol):
        with viewing_as(viewer):
            assert not FollowUp.objects.exists()
    for viewer in (cast.asha, cast.quinn):
        with viewing_as(viewer):
            assert FollowUp.objects.exists()


def test_a_child_tells_it_alone_and_the_talker_is_told(cast: Cast, conversation: Conversation) -> None:
    with viewing_as(cast.quinn):
        secret = invite_alone(conversation_id=conversation.pk, phone="", by=cast.quinn, now=NOW)
    said = WhatWasSaid(own_words="I wanted to be with Jay", pull=("friends",), agreed=(Agreed("police", "none"),))
    tell_alone(secret=secret, said=said, now=NOW)
    row = Said.objects.get()
    assert (row.by_child, row.own_words, row.by.role) == (True, "I wanted to be with Jay", "system")
    assert not row.sent.exists()
    assert Notice.objects.filter(viewer=cast.quinn, once__startswith="alone").exists()
    with pytest.raises(NoSuchLink):
        tell_alone(secret=secret, said=said, now=NOW)


def test_the_message_to_a_child_names_nobody(cast: Cast, conversation: Conversation) -> None:
    with viewing_as(cast.quinn):
        given = {"conversation_id": conversation.pk, "phone": PHONE, "by": cast.quinn, "now": NOW}
        with pytest.raises(NotAStep, match="no address"):
            invite_alone(**given)
        assert invite_alone(**given, site=SITE) == ""
    assert not re.search("Amara|Osei|missing|safeguarding", Text.objects.get().body, re.IGNORECASE)
