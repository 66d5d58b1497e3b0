"""The sweep: every page, every method, as each of the cast and as nobody.

Held to the access table; then once more with the pages' own checks taken out, when the database alone must keep every
planted word from whoever may not know it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from kith.config.access_table import ACCESS, Access, Who
from kith.foundations.access.rules import Permission, Role
from kith.foundations.letters.models import Letter
from tests.architecture.conftest import Planted
from tests.architecture.planted import (
    ASKED,
    BACK_CHILD,
    FLAGGED,
    KEPT,
    NAMES,
    PASSED_ON,
    PLANTED,
    REJECTED,
    REPORTED,
    SAID_ON_RETURN,
    SOURCE,
    TOLD,
    UNDER_REVIEW,
    UNSENT,
    WORDS,
    World,
    every_route,
)
from tests.architecture.planted_case_audits import HANDED_IN
from tests.architecture.planted_exchange import REFUSED, SENT
from tests.architecture.planted_missing import ABSENT
from tests.architecture.planted_missing_mail import LETTERED
from tests.architecture.planted_networks import DRAWN
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
NOBODY = "nobody"
PEOPLE = ("asha", "ben", "carol", "dev", "ellis", "farah", "gwen", "hana", "idris", "kofi", "lena", "mina",
          "pia", "quinn", "raj", "sol", "uma", "vera", NOBODY)  # fmt: skip
CIRCLE = {"asha", "ben", "carol", "hana"}
GRADERS, SOURCE_UNIT, RECEIVERS = {"kofi", "lena"}, {"mina"}, {"asha", "ben", "hana"}
OF_THE_MISSING = {"pia", "quinn", "raj", "sol"}
KEEPERS = {"asha", "pia"}
ON_CALL, RESPONDERS = {"sol"}, {"sol", "hana"}
MISSING_DESK = {"quinn", "raj"}
SEE_FIGURES = set(PEOPLE) - {"dev", "ellis", "idris", NOBODY}
KNOWN = CIRCLE | {"farah"} | GRADERS | SOURCE_UNIT | OF_THE_MISSING
CHILDREN = ("Zephyrine", "Quillfeather", "Thaddea", "Brambleworth", *UNDER_REVIEW)
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
NO_SUCH = 987_654_321
GUARDED = [
    "opening",
    "entry",
    "entrysubject",
    "subject",
    "linkevidence",
    "judgement",
    "breakglass",
    "viewer",
    "viewerscope",
]
HEADLINES = {"Zephyrine", "Quillfeather", "Wobblegate"}
OF_INTELLIGENCE = {REPORTED, PASSED_ON, FLAGGED, SOURCE}
OF_RECORDS = set(PLANTED) - {"Sphinxclinic", REJECTED, UNSENT, *UNDER_REVIEW, *OF_INTELLIGENCE, TOLD, ASKED, KEPT, SENT}
OF_RECORDS -= {DRAWN, HANDED_IN, REFUSED}
MAY_READ = {  # of the planted words, what somebody may meet; everybody else none
    **{who: OF_RECORDS | ({PASSED_ON} if who in RECEIVERS else {REPORTED}) for who in CIRCLE},  # Carol gave it
    **{who: {*HEADLINES, REPORTED, PASSED_ON, FLAGGED} for who in GRADERS},
    "mina": {*HEADLINES, SOURCE},
    "farah": {*HEADLINES, "Gorsewhisper", TOLD, ASKED},  # headlines, the glass she broke, what came to her door
    "gwen": {REJECTED, REFUSED, *UNDER_REVIEW},
    **{who: {*HEADLINES} for who in OF_THE_MISSING},
    "ellis": {"Gorsewhisper", HANDED_IN},  # why the glass was broken, which auditors review; what was handed in
}
MAY_READ["asha"] = MAY_READ["asha"] | {UNSENT, KEPT, DRAWN}
MAY_READ["pia"] = MAY_READ["pia"] | {KEPT}
for each in MISSING_DESK:
    MAY_READ[each] = MAY_READ[each] | {ABSENT, SENT}
for each in (*MISSING_DESK, "farah"):
    MAY_READ[each] = MAY_READ[each] | {LETTERED}
MAY_READ["carol"] = MAY_READ["carol"] | {ASKED}  # her school was asked
for each in SEE_FIGURES:
    MAY_READ[each] = MAY_READ.get(each, set()) | {HANDED_IN}
MAY_READ["quinn"] = MAY_READ["quinn"] | {BACK_CHILD, SAID_ON_RETURN}
FAILED = 500


@pytest.fixture
def _django_db_helper() -> None:
    """The transaction of the planted world stands where each test would have its own."""


@pytest.fixture
def cast(in_the_world: Planted) -> Cast:
    return in_the_world.cast


@pytest.fixture
def world(in_the_world: Planted) -> World:
    return in_the_world.world


@pytest.fixture(params=PEOPLE)
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def signed_in(cast: Cast, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != NOBODY:
        client.force_login(getattr(cast, who))
    return client


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """One request, undone afterwards, so that no page finds what another left."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    return response


def allowed(access: Access, cast: Cast, who: str) -> bool:
    """What the table says of somebody."""
    inside = {
        Who.ANYBODY: True,
        Who.SIGNED_IN: who != NOBODY,
        Who.CIRCLE: who in CIRCLE,
        Who.KNOWN: who in KNOWN,
        Who.WRITER: who == "asha",
        Who.ASKED_FOR_IT: who == "asha",
        Who.GRADERS: who in GRADERS,
        Who.SOURCE_UNIT: who in SOURCE_UNIT,
        Who.RECEIVERS: who in RECEIVERS,
        Who.ASKERS: who == "farah",
        Who.CHECKED: who == "carol",
        Who.FRONT_DOOR: who == "farah",
        Who.RESPONDERS: who in RESPONDERS,
        Who.ON_CALL: who in ON_CALL,
        Who.KEEPERS: who in KEEPERS,
        Who.HOMES: who == "pia",
        Who.HOME_REVIEWS: who in {"pia"} | MISSING_DESK,
        Who.ANSWERERS: who in ON_CALL,
        Who.MANAGERS: who == "hana",
        Who.MOMENT: who in CIRCLE | ON_CALL,
        Who.SEES_FIGURES: who in SEE_FIGURES,
        Who.ANALYSTS: who == "uma",
        Who.WRITES_REPORTS: who in {"uma", "hana"},
        Who.COUNTS_MISSING: who in {"quinn", "raj", "hana"},
        Who.FOLLOWS_MISSING: who in {"quinn", "raj"},
        Who.MISSING_DESK: who in MISSING_DESK,
        Who.ABSENCE: who in CIRCLE | MISSING_DESK,
        Who.TALKERS: who == "quinn",
        Who.TALK: who in CIRCLE | {"quinn", "raj"},
        Who.OF_THE_CHILD: who in {"asha", "ben", "hana", "quinn"},
        Who.CASE_AUDITOR: who == "hana",
        Who.AUDITED: who == "asha",
        Who.HANDED_IN: who == "carol",
        Who.CASE_ACTION: who in {"asha", "hana"},
        Who.CIRCLE_OR_AUDITOR: who in CIRCLE | {"ellis"},
    }.get(access.who, False)
    return inside and (access.needs is None or permits(cast, who, access.needs))


def permits(cast: Cast, who: str, needs: Permission) -> bool:
    return who != NOBODY and needs in Role(getattr(cast, who).role).permissions


def to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/")


def body_of(response: HttpResponse) -> str:
    """What was answered, a file too."""
    if not hasattr(response, "swept"):
        whole = b"".join(response.streaming_content) if response.streaming else response.content
        response.swept = whole.decode(errors="replace")
    return response.swept


def planted_in(response: HttpResponse) -> set[str]:
    """Planted words in the body, as they are and without regard to case, or in any header."""
    text = (body_of(response) + str(list(response.headers.items())) + str(response.cookies)).casefold()
    return {word for word in PLANTED if word.casefold() in text}


def test_every_address_has_a_name_and_stands_in_the_table() -> None:
    routes = every_route()
    assert [route.pattern for route in routes if not route.name] == []
    assert sorted({route.name for route in routes} - set(ACCESS)) == []
    assert sorted(set(ACCESS) - {route.name for route in routes}) == []


def test_every_number_an_address_wants_was_planted(world: World) -> None:
    missing = {(route.name, want) for route in every_route() for want in route.wants if want not in world.numbers}
    assert missing == set()


def test_the_site_is_as_the_table_says(cast: Cast, world: World, who: str) -> None:
    client, wrong = signed_in(cast, who), []
    for route in every_route():
        access, address = ACCESS[route.name], route.address(world.numbers)
        response = ask(client, "get", address)
        if problem := not_as_said(access, cast, who, response):
            wrong.append(f"{who} {address}: {problem}")
        if said := planted_in(response) - MAY_READ.get(who, set()):
            wrong.append(f"{who} {address}: reads {said}")
        if name := child_named_outside(response):
            wrong.append(f"{who} {address}: its title, its file's name or a calendar names {name}")
    assert not wrong, "\n".join(wrong)


def child_named_outside(response: HttpResponse) -> str:
    """A child's name where others see it: a title stands in a browser's history, a file's name in a folder."""
    seen = str(response.headers.get("Content-Disposition", ""))
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/calendar"):
        seen += body_of(response)
    elif "html" in kind and (found := re.search(r"<title>(.*?)</title>", body_of(response), re.DOTALL)):
        seen += found.group(1)
    return next((name for name in CHILDREN if name.casefold() in seen.casefold()), "")


def test_a_child_named_outside_would_be_noticed() -> None:
    assert child_named_outside(HttpResponse("<title>Zephyrine – Severnmouth</title>")) == "Zephyrine"
    assert child_named_outside(HttpResponse("BEGIN Tansydown", content_type="text/calendar")) == "Tansydown"
    assert not child_named_outside(HttpResponse("<title>A record</title><p>Zephyrine</p>"))


def test_what_was_planted_wrote_letters(world: World) -> None:
    """So that what is held over every test (tests/support/letters.py) has had something to look at."""
    assert Letter.objects.exists()


def not_as_said(access: Access, cast: Cast, who: str, response: HttpResponse) -> str:
    status, may = response.status_code, allowed(access, cast, who)
    if status == 405 and may:
        return ""  # a page that is only written to
    if may and access is ACCESS["health"]:
        return ""  # it says how the site is, to anybody
    if may:
        return "" if status < 400 and (who == NOBODY or not to_sign_in(response)) else f"should be open: {status}"
    if access.who == Who.SYSTEMS:
        return "" if status == access.others else f"should ask for a key: {status}"
    if who == NOBODY:
        closed = to_sign_in(response) or (status == 404 and access.who in {Who.DEMONSTRATION, Who.NOBODY})
        return "" if closed else f"should lead to signing in: {status}"
    closed_by = {access.others, 405}
    if access.who == Who.NOBODY:
        closed_by |= {302}
    if (access.needs and not permits(cast, who, access.needs)) or who in CIRCLE:
        closed_by |= {403}
    return "" if status in closed_by else f"should be {access.others}: {status}"


def test_no_method_opens_or_changes_what_is_closed(cast: Cast, world: World, who: str) -> None:
    client, before, wrong = signed_in(cast, who), how_many(), []
    for route in every_route():
        access, address = ACCESS[route.name], route.address(world.numbers)
        for method in METHODS[1:] if who in {"asha", "dev", NOBODY} else ("post",):
            with transaction.atomic():
                response = getattr(client, method)(address)
                may = response.status_code == 405 or allowed(access, cast, who)
                after = before if may else how_many()
                transaction.set_rollback(True)
            if response.status_code >= FAILED and route.name != "health":
                wrong.append(f"{who} {method} {address}: {response.status_code}")
            if said := planted_in(response) - MAY_READ.get(who, set()):
                wrong.append(f"{who} {method} {address}: reads {said}")
            if not may and (response.status_code in {200, 201, 204} or after != before):
                wrong.append(f"{who} {method} {address}: {response.status_code}, changed {after != before}")
    assert not wrong, "\n".join(wrong)


def how_many() -> dict[str, Any]:
    tables = [t for t in connection.introspection.table_names() if t.rpartition("_")[2] in GUARDED]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(f"select '{t}', count(*) from {t}" for t in tables))
        return dict(cursor.fetchall())


@pytest.fixture
def without_checks(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Every check_… says nothing, every can_… says yes, wherever they were imported; nobody is led to sign in."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("LoginRequiredMiddleware")]
    every_route()  # so that every view is imported before its checks are taken out
    replaced = dict(_replacements())
    taken_out = 0
    for module in [m for name, m in sys.modules.items() if name.startswith("kith.") and ".tests" not in name]:
        for name, value in list(vars(module).items()):
            if callable(value) and id(value) in replaced:
                monkeypatch.setattr(module, name, replaced[id(value)])
                taken_out += 1
    assert taken_out > 20


def _replacements() -> Iterator[tuple[int, Callable[..., Any]]]:
    for name, module in list(sys.modules.items()):
        if re.fullmatch(r"kith\..*permissions", name):
            for attribute, value in list(vars(module).items()):
                if callable(value) and attribute.startswith("check_"):
                    yield id(value), lambda *args, **kwargs: None
                elif callable(value) and (attribute == "can" or attribute.startswith("can_")):
                    yield id(value), lambda *args, **kwargs: True


def test_the_database_alone_keeps_every_word(cast: Cast, world: World, who: str, without_checks: None) -> None:
    client, wrong, opened = signed_in(cast, who), [], 0
    for route in every_route():
        for method in ("get", "post"):
            response = ask(client, method, route.address(world.numbers))
            opened += response.status_code == 200
            if said := planted_in(response) - MAY_READ.get(who, set()):
                wrong.append(f"{who} {method} {route.name}: reads {said}")
    assert not wrong, "\n".join(wrong)
    assert opened > (2 if who == NOBODY else 5)


def test_the_sweep_would_notice(cast: Cast, world: World, without_checks: None) -> None:
    """With row security lifted as well, Dev reads what he must not."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table in ("subjects_subject", "subjects_person", "subjects_headline", "subjects_linkevidence"):
            cursor.execute(f"alter table {table} disable row level security")
    client = signed_in(cast, "dev")
    read = [planted_in(ask(client, "get", route.address(world.numbers))) for route in every_route()]
    assert {"Zephyrine", "Quillfeather"} <= set().union(*read)


@pytest.mark.parametrize("who", ["dev", "gwen", "idris", NOBODY])
def test_whoever_may_not_know_cannot_tell_a_record_from_none(cast: Cast, world: World, who: str) -> None:
    client = signed_in(cast, who)
    for route in every_route():
        if "subject_id" not in route.wants:
            continue
        other = {**world.numbers, "subject_id": NO_SUCH}
        for method in METHODS:
            real = ask(client, method, route.address(world.numbers))
            none = ask(client, method, route.address(other))
            assert seen(real, world.child.pk) == seen(none, NO_SUCH), (route.name, method)


def test_dev_cannot_tell_by_searching(cast: Cast, world: World) -> None:
    client = signed_in(cast, "dev")
    for real, none in [
        ("Zephyrine Quillfeather", "Zephyrina Quillfeathre"),
        ("QX9 7ZZ", "QX9 7ZY"),
        ("Wobblegate", "Wobbledoor"),
    ]:
        found, missed = client.get("/search", {"q": real}), client.get("/search", {"q": none})
        assert planted_words_but(found, real) == set()
        assert text_of(found, real) == text_of(missed, none)


def seen(response: HttpResponse, number: int) -> tuple[int, str, list[str]]:
    """Everything that somebody could compare, without the number they asked for and the form's own mark."""
    return response.status_code, text_of(response, str(number)), sorted(response.headers)


def text_of(response: HttpResponse, asked: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body_of(response))
    for form in (asked, asked.replace(" ", "+"), asked.replace(" ", "%20")):
        text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", "…", text)  # not inside the mark of a stylesheet
    return text


def planted_words_but(response: HttpResponse, asked: str) -> set[str]:
    """Planted words on the page that were not in the question itself."""
    return {word for word in planted_in(response) if word.casefold() not in asked.casefold()}


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("asha", {*NAMES, *WORDS, UNSENT, PASSED_ON} - {"Sphinxclinic", "Yarrowmere"}),
        ("kofi", {REPORTED, PASSED_ON, FLAGGED}),
        ("gwen", {"Tansydown", REJECTED, REFUSED}),
        ("farah", {"Zephyrine", "Quillfeather"}),
    ],
)
def test_the_planted_words_can_be_met_by_those_who_may(cast: Cast, world: World, who: str, words: set[str]) -> None:
    """Otherwise the sweep would prove nothing."""
    client, missing = signed_in(cast, who), set(words)
    for route in every_route():
        if missing:
            missing -= planted_in(ask(client, "get", route.address(world.numbers)))
    assert not missing
