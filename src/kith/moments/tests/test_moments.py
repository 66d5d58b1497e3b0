"""A critical moment from the telling to what came of it: who is paged, who may see what, what is written where."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter, Text
from kith.foundations.notices.models import Notice
from kith.moments.actions import responding, tying
from kith.moments.actions.paging import page_again
from kith.moments.actions.receiving import Told, tell_of
from kith.moments.models import Moment, Step
from kith.moments.permissions import can_respond
from kith.moments.queries.moments import told_by
from kith.moments.rules.codes import call_back_by
from kith.moments.rules.rota import ShiftKind
from kith.moments.tests.telling import NHS, TODAY, add_tess, on_call, tell
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tess(cast: Cast) -> Viewer:
    return add_tess(cast)


@pytest.fixture
def rota(cast: Cast, tess: Viewer) -> None:
    """Sol by day, Tess by night."""
    on_call(cast, cast.sol)
    on_call(cast, tess, kind=ShiftKind.NIGHT)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    subject = make_person(nhs_number=NHS)
    let_in(subject, cast.asha)
    return subject


def paged() -> list[str]:
    return list(Step.objects.filter(what="paged").order_by("pk").values_list("to__name", flat=True))


def test_whoever_is_on_call_is_paged_at_once_by_a_message_that_names_nobody(
    cast: Cast, rota: None, amara: Subject
) -> None:
    Viewer.objects.filter(pk=cast.sol.pk).update(phone="07700 900173")
    moment = tell(cast)
    assert paged() == ["Sol Adeyemi"]
    assert Notice.objects.get(viewer=cast.sol).text == f"Critical moment {moment.reference}: ring back by 5:10 pm"
    said = " ".join([*Letter.objects.values_list("body", flat=True), *Text.objects.values_list("body", flat=True)])
    assert moment.reference in said
    assert not any(word in said for word in ("Amara", "Osei", NHS))


def test_without_a_number_of_their_own_the_shifts_number_is_texted(cast: Cast, rota: None) -> None:
    tell(cast)
    assert Text.objects.get().to == "01632 960173"


def test_the_first_page_rings_past_the_days_number(cast: Cast, rota: None, settings: Any) -> None:
    settings.KITH_PUSHES_A_DAY = 1
    for _ in range(3):
        tell(cast)
    assert Notice.objects.filter(viewer=cast.sol, pushed=True).count() == 3


def test_not_taken_it_goes_to_the_next_and_then_to_the_manager(cast: Cast, rota: None) -> None:
    moment = tell(cast)
    assert page_again(now=NOW + 14 * MINUTE) == 0
    assert page_again(now=NOW + 15 * MINUTE) == 1
    assert page_again(now=NOW + 29 * MINUTE) == 0
    assert page_again(now=NOW + 30 * MINUTE) == 1
    assert page_again(now=NOW + 60 * MINUTE) == 0
    assert paged() == ["Sol Adeyemi", "Tess Moran", "Hana Yilmaz"]
    with viewing_as(cast.hana):  # she is not in the team, and may answer what she was paged for
        responding.take(moment_id=moment.pk, by=cast.hana, now=NOW + 31 * MINUTE)
        responding.set_aside(moment_id=moment.pk, reason="known", by=cast.hana, now=NOW + 32 * MINUTE)
    with viewing_as(cast.hana):
        assert not Moment.objects.exists()


def test_taken_it_goes_no_further(cast: Cast, rota: None) -> None:
    moment = tell(cast)
    with viewing_as(cast.sol):
        responding.take(moment_id=moment.pk, by=cast.sol, now=NOW + MINUTE)
    assert page_again(now=NOW + 60 * MINUTE) == 0


def test_in_a_gap_the_manager_is_paged_at_once(cast: Cast) -> None:
    tell(cast)
    assert paged() == ["Hana Yilmaz"]
    assert "nobody is on call now" in Step.objects.get(what="paged").words


def test_the_clock_by_day_and_out_of_hours() -> None:
    assert call_back_by(datetime(2026, 11, 3, 22, 59, tzinfo=UTC)) == datetime(2026, 11, 3, 23, 59, tzinfo=UTC)
    assert call_back_by(datetime(2026, 11, 3, 23, 0, tzinfo=UTC)) == datetime(2026, 11, 4, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "who",
    [
        {"nhs_number": NHS},
        {"nhs_number": "", "name": "amara OSEI", "born": date(2010, 12, 8)},
        {"nhs_number": "4010232137", "name": "Amara Osei", "born": date(2010, 12, 8)},
    ],
)
def test_an_exact_match_is_tied_to_the_record_and_her_workers_are_told(
    cast: Cast, rota: None, amara: Subject, who: dict[str, Any]
) -> None:
    moment = tell(cast, **who)
    assert (moment.subject, moment.scope_id) == (amara, amara.scope_id)
    assert Notice.objects.get(viewer=cast.asha).text.endswith(moment.reference)
    with viewing_as(cast.asha):
        assert Moment.objects.filter(pk=moment.pk).exists()
    for who_else in (cast.ben, cast.carol, cast.dev):
        with viewing_as(who_else):
            assert not Moment.objects.exists()


@pytest.mark.parametrize(
    "who",
    [
        {"nhs_number": "4010232137"},
        {"nhs_number": "", "name": "Amara Osei", "born": date(2010, 12, 9)},
        {"nhs_number": "", "name": "Amara", "born": date(2010, 12, 8)},
    ],
)
def test_what_does_not_fit_exactly_waits_to_be_found(
    cast: Cast, rota: None, amara: Subject, who: dict[str, Any]
) -> None:
    assert tell(cast, **who).subject is None


def test_two_of_one_name_and_day_are_never_guessed(cast: Cast, rota: None, amara: Subject) -> None:
    make_person()
    assert tell(cast, nhs_number="", name="Amara Osei", born=date(2010, 12, 8)).subject is None


@pytest.fixture
def withheld(cast: Cast) -> Subject:
    """Known to those who work with her and to nobody else; Asha does."""
    child = make_person(nhs_number=NHS, headline=False)
    let_in(child, cast.asha)
    return child


def test_of_whom_it_is_withheld_that_they_are_known_their_own_workers_are_told_and_may_answer(
    cast: Cast, rota: None, withheld: Subject
) -> None:
    moment = tell(cast)
    assert moment.subject == withheld
    assert Notice.objects.filter(viewer=cast.asha, about=f"moment:{moment.pk}", pushed=True).exists()
    with viewing_as(cast.asha):
        assert can_respond(cast.asha, moment)
        responding.take(moment_id=moment.pk, by=cast.asha, now=NOW)
    assert Subject.objects.count() == 1


def test_neither_who_told_nor_who_is_on_call_learns_that_the_record_exists(
    client: Client, cast: Cast, rota: None, withheld: Subject
) -> None:
    known, unknown = tell(cast, name="Amara Osei"), tell(cast, name="Amara Osei", nhs_number="4010232137")
    with viewing_as(cast.carol):
        own = told_by(cast.carol)
        assert len({(one.kind, one.taken, one.closed, one.call_back_by) for one in own}) == 1
    client.force_login(cast.sol)
    pages = []
    for one in (known, unknown):
        with viewing_as(cast.sol):
            assert [step.what for step in one.steps.order_by("pk")] == ["told", "paged"]
        client.post(f"/moments/{one.pk}/", {"do": "take"})
        page = client.get(f"/moments/{one.pk}/").content.decode().replace(one.reference, "").replace(f"/{one.pk}/", "")
        pages.append(page[page.find("<main") : page.find("</main")])
    assert "Find on record" in pages[0]
    first, second = (re.sub(r'value="[\w-]{36,}"|\d+', "", page) for page in pages)  # but for tokens and numbers
    assert first == second
    with viewing_as(cast.sol):
        assert not Subject.objects.exists()
    client.post(f"/moments/{known.pk}/", {"do": "called"})
    given = {"by": cast.sol, "now": NOW + timedelta(hours=1)}
    with viewing_as(cast.sol):
        responding.close(moment_id=known.pk, came_of="He was taken home", **given)  # type: ignore[arg-type]
    with viewing_as(cast.asha):
        assert "taken home" in Entry.objects.get(kind="quick-response").summary


def test_a_child_who_may_be_known_is_meant_before_one_who_may_not(cast: Cast, rota: None, withheld: Subject) -> None:
    other = make_person()
    assert tell(cast, nhs_number="", name="Amara Osei", born=date(2010, 12, 8)).subject == other


def test_the_giver_is_told_the_same_whether_or_not_she_is_on_record(cast: Cast, rota: None, amara: Subject) -> None:
    tell(cast)
    tell(cast, nhs_number="4010232137")
    with viewing_as(cast.carol):
        assert not Moment.objects.exists()
        known, unknown = told_by(cast.carol)
    assert (known.kind, known.taken, known.closed, known.call_back_by) == (
        unknown.kind, unknown.taken, unknown.closed, unknown.call_back_by)  # fmt: skip


def test_the_same_form_sent_twice_is_one_moment_and_one_page(cast: Cast, rota: None) -> None:
    told = Told("injury", "01632 960103", nhs_number=NHS)
    once = uuid4()
    with viewing_as(cast.carol):
        one, two = (tell_of(told=told, by=cast.carol, now=NOW, once=once) for _ in range(2))
    assert one == two
    assert len(paged()) == 1


def test_whoever_takes_it_reads_the_record_until_it_is_closed_and_it_is_written_there(
    cast: Cast, rota: None, amara: Subject
) -> None:
    moment = tell(cast)
    with viewing_as(cast.sol):
        assert not Subject.objects.exists()
        responding.take(moment_id=moment.pk, by=cast.sol, now=NOW + MINUTE)
        assert Subject.objects.filter(pk=amara.pk).exists()
        responding.call_back(moment_id=moment.pk, by=cast.sol, now=NOW + 20 * MINUTE)
        responding.offer(
            moment_id=moment.pk, service="specialist", answer="thinking", by=cast.sol, now=NOW + 21 * MINUTE
        )
        responding.offer(
            moment_id=moment.pk, service="specialist", answer="accepted", by=cast.sol, now=NOW + 22 * MINUTE
        )
        responding.close(moment_id=moment.pk, came_of="She meets Sol on Friday.", by=cast.sol, now=NOW + 30 * MINUTE)
        assert not Subject.objects.exists()
    kinds = dict(Entry.objects.order_by("pk").values_list("kind", "summary"))
    assert kinds["critical-moment"] == (
        f"Critical moment {moment.reference}: injury or assault seen in A&E, told by Harbour View Academy."
    )
    assert kinds["quick-response"] == (
        f"Critical moment {moment.reference}: injury or assault seen in A&E. Rung back after 20 minutes. "
        "Offered: A specialist worker (accepted). She meets Sol on Friday."
    )
    assert set(EntrySubject.objects.values_list("subject_id", flat=True)) == {amara.pk}


def test_taken_over_the_record_closes_to_the_one_before(cast: Cast, rota: None, amara: Subject, tess: Viewer) -> None:
    moment = tell(cast)
    with viewing_as(cast.sol):
        responding.take(moment_id=moment.pk, by=cast.sol, now=NOW)
    with viewing_as(tess):
        with pytest.raises(NotAllowed, match="Sol Adeyemi has taken it already"):
            responding.take(moment_id=moment.pk, by=tess, now=NOW + MINUTE)
        responding.take_over(moment_id=moment.pk, by=tess, now=NOW + MINUTE)
        assert Subject.objects.exists()
    with viewing_as(cast.sol):
        assert not Subject.objects.exists()
    assert Moment.objects.get().taken_at == NOW  # the clock is that of the first


def test_found_later_and_parted_again(cast: Cast, rota: None, amara: Subject) -> None:
    moment = tell(cast, nhs_number="", name="Amara Ossei", born=date(2010, 12, 8))
    with viewing_as(cast.sol):
        responding.take(moment_id=moment.pk, by=cast.sol, now=NOW)
        tying.say_who(moment=Moment.objects.get(pk=moment.pk), subject_id=amara.pk, by=cast.sol, now=NOW)
        assert Subject.objects.exists()
        tying.part(moment=Moment.objects.get(pk=moment.pk), by=cast.sol, now=NOW)
        assert not Subject.objects.exists()
    with viewing_as(cast.asha):
        assert not Moment.objects.exists()
    moment.refresh_from_db()
    assert moment.scope_id == moment.desk_id


def test_nobody_else_answers(cast: Cast, rota: None, amara: Subject) -> None:
    moment = tell(cast)
    with viewing_as(cast.asha), pytest.raises(NotAllowed):  # she sees it, for it is about a child of hers
        responding.take(moment_id=moment.pk, by=cast.asha, now=NOW)
    with viewing_as(cast.sol), pytest.raises(NotAllowed, match="Ring back first"):
        responding.close(moment_id=moment.pk, came_of="", by=cast.sol, now=NOW)
    with pytest.raises(NotAllowed):
        tell(cast, by=cast.gwen)


def test_set_aside_and_opened_again(cast: Cast, rota: None) -> None:
    moment = tell(cast, happened_on=TODAY)
    with viewing_as(cast.sol):
        responding.set_aside(moment_id=moment.pk, reason="twice", by=cast.sol, now=NOW)
        with pytest.raises(NotAllowed, match="Open it again first"):
            responding.take(moment_id=moment.pk, by=cast.sol, now=NOW)
        responding.reopen(moment_id=moment.pk, by=cast.sol, now=NOW)
    moment.refresh_from_db()
    assert (moment.closed_at, moment.set_aside) == (None, "")
