"""A child's contexts are weighed, signed, shown to the family, changed; and what nobody learns who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.contexts.actions.changing import OPEN_ALREADY, Plan, open_pathway, plan_change, plan_change_there
from kith.contexts.actions.weighing import Said, With, add_context, begin_weighing, share_weighing, sign_weighing, weigh
from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.contexts.permissions import ONLY_CHILDREN, SIGNED
from kith.contexts.queries.weighings import changes_due, whose
from kith.foundations.access.models import Scope, Team, Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.announcing import announce
from kith.foundations.audit.models import AuditEvent
from kith.linkage.facts import PeopleMoved
from kith.pathways.models import Work
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_group, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
WHY = "Each time she was hurt it was there, and nobody who knows her was near"


def child(cast: Cast, name: str = "Amara Osei") -> Subject:
    found = make_person(name)
    let_in(found, cast.east, cast.carol)
    return found


def begun(cast: Cast, about: Subject, by: Viewer | None = None) -> Weighing:
    by = by or cast.asha
    with viewing_as(by):
        return begin_weighing(subject=about, by=by, now=timezone.now())


def of_kind(weighing: Weighing, kind: str) -> Weighed:
    return weighing.weighed.get(kind=kind)


def signed(cast: Cast, about: Subject, linked: Subject | None = None, **said: Any) -> Weighing:
    """Home gives most safety; the place, or school, weighs most."""
    weighing, now = begun(cast, about), timezone.now()
    with viewing_as(cast.asha):
        if linked:
            kind = "peers" if linked.kind == "group" else "place"
            add_context(weighing=weighing, kind=kind, linked=linked, by=cast.asha, now=now)
            heavy = weighing.weighed.get(linked=linked)
        else:
            heavy = of_kind(weighing, "school")
        told = {"weight": "most", "gives": "not-found", "why": WHY, "harm": "Older boys wait there", **said}
        weigh(context=heavy, said=Said(**told), by=cast.asha, now=now)
        home = Said(child_says="Nan listens", safety="Nan is home at five", weight="not-found", gives="most")
        weigh(context=of_kind(weighing, "home"), said=home, by=cast.asha, now=now)
        sign_weighing(weighing=weighing, conclusion="What happens there, after school", by=cast.asha, now=now,
                      review_on=timezone.localdate() + timedelta(days=90))  # fmt: skip
        weighing.refresh_from_db()
    return weighing


def planned(cast: Cast, weighing: Weighing, context: Weighed, what: str = "A youth worker is there at four") -> Change:
    plan = Plan(what, "Youth work, Ria", timezone.localdate() + timedelta(days=20), "Girls say that they stay")
    with viewing_as(cast.asha):
        return plan_change(context=context, plan=plan, by=cast.asha, now=timezone.now())


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def test_contexts_are_weighed_signed_and_read(client: Client, cast: Cast) -> None:
    amara = child(cast)
    client.force_login(cast.asha)
    assert "have not been weighed yet" in page(client, cast.asha, f"/records/{amara.pk}/contexts").text
    where = client.post(f"/records/{amara.pk}/contexts/weigh")["Location"]
    weighing = Weighing.objects.get()
    assert where == f"/weighings/{weighing.pk}"
    assert set(weighing.weighed.values_list("kind", flat=True)) == {"home", "school", "neighbourhood", "online"}
    assert client.post(f"{where}/contexts/new", {"kind": "peers", "called": "The cousins"}).status_code == 302
    cousins = of_kind(weighing, "peers")
    sent = {
        "child_says": "They make me laugh", "harm": "Phones are taken", "weight": "most", "gives": "some",
        "words_0": "She is quieter on Mondays", "agency_0": "harbour-view",
    }  # fmt: skip
    assert client.post(f"{where}/contexts/{cousins.pk}", sent).status_code == 422  # why is not said
    assert client.post(f"{where}/contexts/{cousins.pk}", sent | {"why": WHY}).status_code == 302
    again = timezone.localdate() + timedelta(days=60)
    said = {"conclusion": "The cousins weigh most", "review_on-day": again.day, "review_on-month": again.month,
            "review_on-year": again.year}  # fmt: skip
    assert client.post(f"{where}/sign", said).status_code == 302
    told = page(client, cast.carol, f"/records/{amara.pk}/contexts").text
    for words in ("They make me laugh", "She is quieter on Mondays", "Harbour View Academy", "The cousins weigh most",
                  "Weighs most", "Asha Rahman", "Not yet asked"):  # fmt: skip
        assert words in told
    assert told.index("They make me laugh") < told.index("She is quieter on Mondays")
    for action in ("begin-weighing", "write-weighing", "sign-weighing"):
        assert AuditEvent.objects.filter(action=action, subjects__contains=[amara.pk]).exists(), action
    for who in (cast.dev, cast.farah, cast.kofi):
        page(client, who, where, 404)


def test_harm_that_was_found_asks_which_context_weighs_most(cast: Cast) -> None:
    amara, now = child(cast), timezone.now()
    weighing = begun(cast, amara)
    later = timezone.localdate() + timedelta(days=30)
    with viewing_as(cast.asha):
        with pytest.raises(NotAllowed, match="at least one context first"):
            sign_weighing(weighing=weighing, conclusion="So", review_on=later, by=cast.asha, now=now)
        weigh(context=of_kind(weighing, "online"), said=Said(weight="some", why=WHY), by=cast.asha, now=now)
        with pytest.raises(NotAllowed, match="it weighs most"):
            sign_weighing(weighing=weighing, conclusion="So", review_on=later, by=cast.asha, now=now)


def test_what_is_signed_never_changes_and_the_next_says_what_did(client: Client, cast: Cast) -> None:
    amara, now = child(cast), timezone.now()
    first = signed(cast, amara)
    school = of_kind(first, "school")
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match=SIGNED[:20]):
        weigh(context=school, said=Said(), by=cast.asha, now=now)
    for rows, change in ((Weighing.objects.filter(pk=first.pk), {"conclusion": "Else"}),
                         (Weighed.objects.filter(pk=school.pk), {"weight": "some"})):  # fmt: skip
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.delete()
    second, now = begun(cast, amara), timezone.now()
    assert second.follows_id == first.pk
    assert of_kind(second, "school").why == WHY  # it begins with what was said last
    with viewing_as(cast.asha):
        weigh(context=of_kind(second, "school"), said=Said(weight="some", why="The gate is staffed"), by=cast.asha,
              now=now)  # fmt: skip
        weigh(context=of_kind(second, "online"), said=Said(weight="most", why=WHY), by=cast.asha, now=now)
        sign_weighing(weighing=second, conclusion="Online", review_on=timezone.localdate() + timedelta(days=9),
                      by=cast.asha, now=now)  # fmt: skip
    told = page(client, cast.asha, f"/records/{amara.pk}/contexts").text
    assert "School or college: was “weighs most”, now “weighs some”." in told
    assert f'href="/weighings/{first.pk}"' in str(page(client, cast.asha, f"/records/{amara.pk}/contexts"))
    assert "What happens there, after school" in page(client, cast.carol, f"/weighings/{first.pk}").text


def test_a_group_or_a_place_that_a_reader_may_not_know_is_not_named(client: Client, cast: Cast) -> None:
    amara = child(cast)
    group, stairwell = make_group("Fennelgate evenings"), make_place("Sorrelcourt stairwell", headline=False)
    for there in (group, stairwell):
        let_in(there, cast.east)  # and not Carol
        make_link(amara, there, kind="part-of" if there.kind == "group" else "seen-at")
    weighing = signed(cast, amara, group)
    second = begun(cast, amara)
    with viewing_as(cast.asha):
        add_context(weighing=second, kind="place", linked=stairwell, by=cast.asha, now=timezone.now())
    for address in (f"/weighings/{weighing.pk}", f"/records/{amara.pk}/contexts", f"/weighings/{second.pk}",
                    f"/weighings/{weighing.pk}/family"):  # fmt: skip
        told = str(page(client, cast.carol, address))
        assert "Fennelgate" not in told
        assert "Sorrelcourt" not in told
        assert f"/records/{group.pk}" not in told
        assert "A group of friends" in told
    assert "Fennelgate evenings" in page(client, cast.asha, f"/weighings/{weighing.pk}").text
    assert "Fennelgate" not in page(client, cast.asha, f"/weighings/{weighing.pk}/family").text  # nobody tells a family


def test_words_that_all_read_name_no_record_that_not_all_may_know(cast: Cast) -> None:
    amara, group, park = child(cast), make_group("Fennelgate evenings"), make_place("Harbour Park")
    for there in (group, park):
        let_in(there, cast.east)
    weighing, now = signed(cast, amara, group), timezone.now()
    second = begun(cast, amara)
    with viewing_as(cast.asha):
        add_context(weighing=second, kind="place", linked=park, by=cast.asha, now=now)
        with pytest.raises(NotAllowed, match="Fennelgate evenings"):
            weigh(context=of_kind(second, "home"), said=Said(harm="The fennelgate Evenings come by"), by=cast.asha,
                  now=now)  # fmt: skip
        said = Said(harm="They meet at Harbour Park", safety="Fennel grows there")
        weigh(context=of_kind(second, "home"), said=said, by=cast.asha, now=now)
        with pytest.raises(NotAllowed, match="Fennelgate evenings"):
            plan_change(context=of_kind(weighing, "home"), by=cast.asha, now=now,
                        plan=Plan("Talk with Fennelgate evenings", "Ria", date(2030, 1, 1), "They come"))  # fmt: skip


def test_a_plan_that_is_read_at_a_place_names_nobody_who_comes_there(cast: Cast) -> None:
    quay, will = make_place("The Old Quay"), make_person("Will Okafor")
    let_in(quay, cast.asha)
    make_link(will, quay, kind="seen-at")
    weighing = signed(cast, child(cast), linked=quay)
    context = weighing.weighed.get(linked=quay)
    plan = Plan("Keep Will away from the gate", "Police", date(2026, 12, 1), "Nobody waits there")
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="Leave “Will” out"):
        plan_change(context=context, plan=plan, by=cast.asha, now=timezone.now())
    with viewing_as(cast.asha):
        plan_change(context=context, plan=replace(plan, what="Light the gate"), by=cast.asha, now=timezone.now())


def test_a_family_reads_every_word_and_places_that_all_know(client: Client, cast: Cast) -> None:
    amara, park = child(cast), make_place("Harbour Park")
    let_in(park, cast.east)
    weighing = signed(cast, amara, park, child_says="I like it until it gets dark", parent_says="I fetch her at five")
    planned(cast, weighing, weighing.weighed.get(linked=park))
    found = page(client, cast.carol, f"/weighings/{weighing.pk}/family")
    for words in ("I like it until it gets dark", "I fetch her at five", "Older boys wait there", WHY, "Harbour Park",
                  "A youth worker is there at four", "Girls say that they stay", "Nan listens"):  # fmt: skip
        assert words in found.text
    table = [[cell.text.strip() for cell in row.select("th, td")] for row in found.select("figure table tbody tr")]
    assert ["Harbour Park", "Weighs most", "No safety found"] in table
    assert ["Home and family", "No harm found", "Gives most safety"] in table
    assert not any(letter.isdigit() for row in table for cell in row for letter in cell)
    assert "Amara" not in found.title.text


def test_a_planned_change_is_read_at_the_place_without_the_child(client: Client, cast: Cast) -> None:
    amara, park = child(cast), make_place("Harbour Park")
    let_in(park, cast.east, cast.ben, cast.raj)
    weighing = signed(cast, amara, park)
    there = weighing.weighed.get(linked=park)
    with pytest.raises(NotAllowed, match="Osei"):
        planned(cast, weighing, there, "Walk home with the Osei girl")
    made = planned(cast, weighing, there)
    found = page(client, cast.raj, f"/records/{park.pk}/contexts")  # the police work there, and not with her
    assert "A youth worker is there at four" in found.text
    assert "Fewer than 5" in found.text
    told = page(client, cast.raj, f"/contexts/changes/{made.pk}")
    for said in (found, told):
        assert "Amara" not in str(said)
        assert f"/weighings/{weighing.pk}" not in str(said)
    page(client, cast.raj, f"/weighings/{weighing.pk}", 404)
    page(client, cast.dev, f"/contexts/changes/{made.pk}", 404)
    client.force_login(cast.raj)
    assert client.post(f"/contexts/changes/{made.pk}", {"outcome": "not-done", "why": ""}).status_code == 422
    sent = {"outcome": "not-done", "why": "The youth worker was ill"}
    assert client.post(f"/contexts/changes/{made.pk}", sent).status_code == 302
    assert "Not done: The youth worker was ill" in page(client, cast.asha, f"/records/{amara.pk}/contexts").text
    with pytest.raises(DatabaseError, match="said once"), transaction.atomic():
        Change.objects.filter(pk=made.pk).update(outcome="done")


def test_how_many_children_is_told_in_fives(client: Client, cast: Cast) -> None:
    park = make_place("Harbour Park")
    let_in(park, cast.east)
    for number in range(7):
        about = child(cast, f"Child{'abcdefg'[number]} Quay")
        signed(cast, about, park)
        signed_again = signed(cast, about) if number == 0 else None  # weighed twice: once is counted
        assert signed_again is None or signed_again.follows_id
        if number == 3:
            assert "Fewer than 5 children" in page(client, cast.asha, f"/records/{park.pk}/contexts").text
    assert "at least 5 children" in page(client, cast.asha, f"/records/{park.pk}/contexts").text


def test_the_context_gets_its_own_pathway_and_only_one(cast: Cast) -> None:
    contexts = Team.objects.create(agency=cast.council, name="Contexts", work="contexts")
    amara, park = child(cast), make_place("Harbour Park")
    let_in(park, cast.east)
    weighing = signed(cast, amara, park)
    made = planned(cast, weighing, weighing.weighed.get(linked=park))
    with viewing_as(cast.asha):
        work = open_pathway(change=made, by=cast.asha, now=timezone.now())
        with pytest.raises(NotAllowed, match=OPEN_ALREADY[:20]):
            open_pathway(change=made, by=cast.asha, now=timezone.now())
    assert (work.subject_id, work.pathway, work.team, work.came_from) == (park.pk, "context", contexts,
                                                                        f"change:{made.pk}")  # fmt: skip
    home = planned(cast, weighing, of_kind(weighing, "home"), "Nan’s bus pass")
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="record of its own"):
        open_pathway(change=home, by=cast.asha, now=timezone.now())
    assert Work.objects.count() == 1


def test_who_does_not_write_weighs_nothing(client: Client, cast: Cast) -> None:
    amara, adult = child(cast), make_person("Grown Up", is_child=False)
    let_in(adult, cast.east)
    client.force_login(cast.dev)
    assert client.post(f"/records/{amara.pk}/contexts/weigh").status_code == 404
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match=ONLY_CHILDREN):
        begin_weighing(subject=adult, by=cast.asha, now=timezone.now())
    assert not Weighing.objects.exists()


def test_the_desk_asks_when_a_review_comes_near_and_a_change_is_due(client: Client, cast: Cast) -> None:
    amara = child(cast)
    weighing = signed(cast, amara)
    made = planned(cast, weighing, of_kind(weighing, "school"))
    assert "Contexts to come back to" in page(client, cast.asha, "/contexts/").text
    assert "Nothing waits" in page(client, cast.asha, "/contexts/").text
    assert "planned change" not in page(client, cast.asha, "/").text
    with connection.cursor() as cursor:  # months go by
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table contexts_change disable trigger user")
        cursor.execute("alter table contexts_weighing disable trigger user")
        Change.objects.filter(pk=made.pk).update(due_on=timezone.localdate())
        Weighing.objects.filter(pk=weighing.pk).update(review_on=timezone.localdate() - timedelta(days=1))
    told = page(client, cast.asha, "/").text
    assert "1 planned change to answer for, 1 child’s contexts to weigh again." in told
    assert "Time to weigh again" in page(client, cast.carol, f"/records/{amara.pk}/contexts").text
    assert "A youth worker is there at four" in page(client, cast.asha, "/contexts/").text
    assert "Nothing waits" in page(client, cast.carol, "/contexts/").text


def test_weighings_follow_a_joined_record(cast: Cast) -> None:
    amara, other = child(cast), child(cast, "Amara Osay")
    weighing = signed(cast, other)
    made = planned(cast, weighing, of_kind(weighing, "school"))
    Subject.objects.filter(pk=other.pk).update(joined_into=amara)
    announce(PeopleMoved([other.pk], cast.loader, timezone.now()))
    weighing.refresh_from_db()
    made.refresh_from_db()
    assert (weighing.subject, weighing.scope, made.scope) == (amara, amara.scope, amara.scope)
    assert set(weighing.weighed.values_list("scope", flat=True)) == {amara.scope_id}
    assert Scope.objects.filter(pk=amara.scope_id).exists()


def test_ten_more_contexts_and_changes_ask_no_more(client: Client, cast: Cast) -> None:
    amara = child(cast)
    first = signed(cast, amara)
    planned(cast, first, of_kind(first, "school"))
    client.force_login(cast.asha)
    addresses = [f"/records/{amara.pk}/contexts", f"/weighings/{first.pk}", f"/weighings/{first.pk}/family"]
    client.get(addresses[0])
    before = [asked(client, address) for address in addresses]
    for number in range(10):
        planned(cast, first, of_kind(first, "school"), f"Lamp {number} is mended")
    assert [asked(client, address) for address in addresses] == before
    assert max(before) <= 45


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def told_to(whom: str, how: str, **other: str) -> dict[str, str]:
    on = timezone.localdate()
    day = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)} if how != "not" else {}
    return {"whom": whom, "how": how, "present": "", "said": "", **day, **other}


def test_who_made_or_saw_a_weighing_is_said_on_the_page_and_in_print(client: Client, cast: Cast) -> None:
    amara = child(cast)
    weighing = signed(cast, amara)
    nobody_yet = "Nobody has said yet whether it was shown to the child or their parent or carer."
    assert nobody_yet in page(client, cast.asha, f"/weighings/{weighing.pk}").text
    address = f"/weighings/{weighing.pk}/shared"
    assert client.post(address, told_to("child", "made")).status_code == 422  # with whom?
    assert client.post(address, told_to("family", "not")).status_code == 422  # why not?
    made = told_to("child", "made", present="Asha, in the car", said="The bus stop is worse")
    assert client.post(address, made).status_code == 302
    shown = page(client, cast.asha, f"/weighings/{weighing.pk}").text
    assert "Nobody has said yet whether it was shown to their parent or carer." in shown
    assert client.post(address, told_to("family", "not", said="Nan is in hospital")).status_code == 302
    for where in (f"/weighings/{weighing.pk}", f"/weighings/{weighing.pk}/family", f"/records/{amara.pk}/contexts"):
        told = page(client, cast.asha, where).text
        assert "The child: made with them, " in told, where
        assert "with Asha, in the car." in told
        assert "The bus stop is worse" in told
        assert "Their parent or carer: not shown to them. Nan is in hospital" in told
        assert "Nobody has said yet whether" not in told
    assert AuditEvent.objects.filter(action="share-weighing", viewer_id=cast.asha.pk).count() == 2
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Shared.objects.update(said="All is well")
    page(client, cast.vera, address, 404)


def test_a_weighing_that_is_not_signed_was_shown_to_nobody(client: Client, cast: Cast) -> None:
    weighing = begun(cast, child(cast))
    client.force_login(cast.asha)
    answer = client.post(f"/weighings/{weighing.pk}/shared", told_to("child", "shown"))
    assert answer["Location"] == f"/weighings/{weighing.pk}"
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        share_weighing(weighing=weighing, shared=With("child", "not", said="x"), by=cast.asha, now=timezone.now())


def test_a_place_has_a_plan_of_its_own(client: Client, cast: Cast) -> None:
    station = make_place("Coach Station")
    let_in(station, cast.asha)
    will = make_person("Will Okafor")
    make_link(will, station, kind="seen-at")
    client.force_login(cast.asha)
    address, on = f"/records/{station.pk}/changes/new", timezone.localdate()
    day = {"due_on-day": str(on.day), "due_on-month": str(on.month), "due_on-year": str(on.year)}
    plan = {"what": "The waiting room is open until 5", "who": "The manager", "how_known": "Pupils wait inside", **day}
    refused = client.post(address, {**plan, "how_known": "Will Okafor waits inside"})
    assert refused.status_code == 422
    assert "Leave “Will Okafor” out" in refused.content.decode()
    assert client.post(address, plan)["Location"] == f"/records/{station.pk}/contexts"
    made = Change.objects.get()
    assert (made.weighing_id, made.linked_id, made.scope_id) == (None, station.pk, station.scope_id)
    assert "The waiting room is open until 5" in page(client, cast.asha, f"/records/{station.pk}/contexts").text
    assert "1 planned change" in page(client, cast.asha, f"/records/{station.pk}/").text
    with viewing_as(cast.asha):
        assert [whose(one) for one in changes_due(cast.asha, on)] == [station]
    assert "Coach Station" in page(client, cast.asha, "/contexts/").text
    desk = page(client, cast.asha, "/").text
    assert "Coach Station" in desk
    assert "a planned change was due" in desk
    where = f"/contexts/changes/{made.pk}"
    assert client.post(where, {"outcome": "done", "why": "Will Okafor waits inside"}).status_code == 422
    assert client.post(where, {"outcome": "done", "why": "It is open"}).status_code == 302
    page(client, cast.ben, where, 404)
    page(client, cast.ben, address, 404)


def test_a_child_has_no_such_plan(client: Client, cast: Cast) -> None:
    amara = child(cast)
    client.force_login(cast.asha)
    assert client.get(f"/records/{amara.pk}/changes/new")["Location"] == f"/records/{amara.pk}/contexts"
    plan = Plan("x", "y", timezone.localdate(), "z")
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        plan_change_there(subject_id=amara.pk, plan=plan, by=cast.asha, now=timezone.now())
