"""The published description says what is accepted, and the how-to's examples work as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from kith.exchange.bodies import report_body, return_body
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.missing.models import Episode
from kith.subjects.search import refresh
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
HOW_TO = Path(__file__).resolve().parents[4] / "docs" / "how-to" / "send-missing-reports.md"


@pytest.fixture
def description() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer["Content-Type"] == "application/json"
    return answer.json()


@pytest.fixture
def police(cast: Cast) -> System:
    make_person("Amara Osei", nhs_number="9434765919")
    refresh()
    return system_of(cast, cast.police)


def everything_in(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from everything_in(inner)


def test_it_is_whole_and_every_address_in_it_is_there(description: dict[str, Any]) -> None:
    assert description["openapi"] == "3.1.0"
    schemas = description["components"]["schemas"]
    referred = {part["$ref"].rpartition("/")[2] for part in everything_in(description) if "$ref" in part}
    assert referred == set(schemas)
    for address in description["paths"]:
        assert resolve(address.replace("{number}", "MP/1")).view_name.startswith("api-missing")
    for part in everything_in(description):
        if "pattern" in part:
            assert re.compile(part["pattern"])


def test_its_examples_are_accepted(description: dict[str, Any], police: System) -> None:
    schemas = description["components"]["schemas"]
    report, back = schemas["Report"]["examples"][0], schemas["Return"]["examples"][0]
    assert police.send(REPORT, report).status_code == 201
    assert police.send(f"{REPORT}/{report['number']}/return", back).status_code == 201
    state = police.get(f"{REPORT}/{report['number']}").json()
    assert set(schemas["State"]["required"]) <= set(state) <= set(schemas["State"]["properties"])


@pytest.mark.parametrize("part", [report_body(), return_body()])
def test_what_it_needs_is_needed_and_what_it_does_not_know_is_refused(part: Any, police: System) -> None:
    schema, sample = part.schema(), part.sample()
    if part is return_body():
        police.send(REPORT, report_body().sample())
    address = REPORT if part is report_body() else f"{REPORT}/{report_body().sample()['number']}/return"
    for name in schema["required"]:
        answer = police.send(address, {key: value for key, value in sample.items() if key != name})
        assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [name])
    assert police.send(address, {**sample, "shoe_size": "5"}).json()["errors"][0]["field"] == "shoe_size"


def test_each_code_of_a_list_is_accepted_and_no_other(police: System) -> None:
    schema = report_body().schema()["properties"]
    for name in ("missing_from", "grade", "kind"):
        for number, code in enumerate([*schema[name]["enum"], "no-such-code"]):
            status = police.send(REPORT, a_report(f"{name}-{number}", **{name: code})).status_code
            assert status == (422 if code == "no-such-code" else 201)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("last_seen_at", "2099-01-01T00:00:00Z", "has not come yet"),
        ("last_seen_at", "2026-02-30", "is no day of the calendar"),
        ("last_seen_at", "2026-01-20T22:30", "offset"),
        ("child", {"nhs_number": "943 476 5918"}, "The last digit of the NHS number does not fit"),
        ("child", {"date_of_birth": "2010-12-08"}, "needs an NHS number, or a name"),
        ("child", {"first_name": "A", "postcode": "nowhere"}, "not written like a full UK postcode"),
        ("circumstances", "x" * 4001, "4000 characters or fewer"),
        ("told_by", 7, "must be text"),
        ("harm_feared", "trafficking", "must be a list"),
        ("number", "MP/1/return", "must not end in"),
    ],
)
def test_what_is_wrong_is_said_of_its_field_in_words(police: System, field: str, value: Any, said: str) -> None:
    answer = police.send(REPORT, a_report(**{field: value}))
    assert answer.status_code == 422
    [wrong] = answer.json()["errors"]
    assert wrong["field"].split(".")[0] == field
    assert said in wrong["detail"]


def test_a_day_alone_is_a_day_and_a_return_before_it_is_refused(police: System) -> None:
    assert police.send(REPORT, a_report(last_seen_at="2026-01-20")).status_code == 201
    assert Episode.objects.get().gone_is_day
    for at in ("2026-01-19T23:59:00+00:00", "2099-01-01T00:00:00+00:00"):
        answer = police.send(f"{REPORT}/MP/1/return", {"back_at": at})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "back_at")
    assert police.send(f"{REPORT}/MP/1/return", {"back_at": "2026-01-20T00:30:00+00:00"}).status_code == 201


def test_the_how_to_works_as_it_stands(police: System) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    answers = [_called(police, block) for block in blocks]
    assert [answer.status_code for answer in answers] == [201, 201, 200]
    assert answers[2].json() == answers[1].json()
    assert answers[2].json()["state"] == "back"


def _called(police: System, command: str) -> Any:
    """The request that a curl command makes, with the key in its place."""
    words = iter(shlex.split(command.replace("\\\n", " ").replace("$KITH_KEY", police.key)))
    assert next(words) == "curl"
    address, headers, body = next(words).removeprefix("https://kith.example"), {}, None
    for option in words:
        value = next(words)
        if option == "-H":
            name, _, said = value.partition(": ")
            headers[name.lower()] = said
        else:
            assert option == "-d"
            body = value
    if body is None:
        return police.client.get(address, headers=headers)
    kind = headers.pop("content-type")
    return police.client.post(address, json.dumps(json.loads(body)), content_type=kind, headers=headers)
