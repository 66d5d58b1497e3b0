"""Whatever another system sends is answered with what is wrong, never with a failure; nothing taken is lost."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kith.exchange.models import RefusedCall, SentReport
from kith.exchange.rules.missing_api import LONGEST_BODY
from kith.exchange.rules.strict_json import DEEPEST, NotJson, read_json
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.missing.models import Account
from tests.support.cast import Cast, make_person

HOSTILE = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff", "\ufffe", "\u202e\u2066", "<script>kith(1)</script>", "' or 1=1 --",
    "9" * 400, "-1", "1e999", "NaN", "../../etc/passwd", "%00", "a" * 70_000, "🙂", "é", "2026-02-30", "0001-01-01",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z",
    "2026-01-01T00:00:00+99:99", "٢٠٢٦-01-01", "MP/return", "/", "a/", "//", "return", "MP/1/return",
)  # fmt: skip
FIELDS = (
    "number", "kind", "child", "last_seen_at", "told_by", "last_seen_at_place", "missing_from", "circumstances",
    "grade", "harm_feared", "clothing", "unheard-of", "",
)  # fmt: skip
CHILD = ("nhs_number", "first_name", "last_name", "known_as", "date_of_birth", "address", "postcode")
leaves = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=20), some.sampled_from(HOSTILE)
)
values = some.recursive(
    leaves,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
often = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def police(cast: Cast) -> System:
    make_person("Amara Osei")
    return system_of(cast, cast.police)


def check(police: System, answer: Any, body: Any = None) -> None:
    """Answered, and kept where it says so, whole."""
    assert answer.status_code in {200, 201, 202, 400, 404, 409, 413, 415, 422}, answer.content
    said = json.loads(answer.content)
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert said["status"] == answer.status_code
        assert said["detail"]
    elif body is not None:
        assert SentReport.objects.get(number=said["number"]).told == body


@pytest.mark.django_db
@often
@given(body=values)
def test_any_json_is_answered(police: System, body: Any) -> None:
    before = SentReport.objects.count()
    check(police, police.send(REPORT, body), body)
    check(police, police.send(f"{REPORT}/MP/1/return", body))
    assert SentReport.objects.count() == before


@pytest.mark.django_db
@often
@given(data=some.data())
def test_a_report_with_anything_in_its_place_is_answered_and_kept_whole_or_not_at_all(
    police: System, data: some.DataObject
) -> None:
    body = a_report()
    for name in data.draw(some.lists(some.sampled_from(FIELDS), max_size=3)):
        body[name] = data.draw(values)
    if isinstance(body["child"], dict):
        for name in data.draw(some.lists(some.sampled_from(CHILD), max_size=3)):
            body["child"] = {**body["child"], name: data.draw(values)}
    RefusedCall.objects.all().delete()
    SentReport.objects.all().delete()
    Account.objects.update(number="before")
    answer = police.send(REPORT, body)
    check(police, answer, body)
    assert SentReport.objects.count() == (answer.status_code < 300)


@pytest.mark.django_db
@often
@given(raw=some.binary(max_size=200) | some.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_what_is_no_json_is_answered(police: System, raw: bytes) -> None:
    check(police, police.send(REPORT, raw))


@pytest.mark.django_db
@often
@given(number=some.text(min_size=1, max_size=120) | some.sampled_from(HOSTILE[1:]))
def test_any_number_in_the_address_is_answered(police: System, number: str) -> None:
    written = quote(number.encode("utf-8", "surrogatepass"), safe="/")
    police.send(REPORT, a_report())
    for answer in (police.get(f"{REPORT}/{written}"), police.send(f"{REPORT}/{written}/return", {"back_at": number})):
        assert answer.status_code in {200, 404, 405, 422}


@pytest.mark.django_db
@pytest.mark.parametrize("said", [one for one in HOSTILE if "\n" not in one])
def test_hostile_words_in_the_headers_are_answered(police: System, said: str) -> None:
    written = said.encode("utf-8", "replace").decode("latin-1")[:5000]
    assert police.send(REPORT, {}, **{"idempotency-key": written}).status_code in {400, 422}
    assert police.send(REPORT, {}, content_type=written or "x").status_code in {415}
    assert police.send(REPORT, {}, authorization=f"Bearer {written}").status_code in {401, 429}
    assert police.send(REPORT, {}, authorization=written).status_code in {401, 429}
    assert police.send(REPORT, {}, **{"content-length-said": written}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b" ", 400),
        (b"null", 422),
        (b"[]", 422),
        (b'"\\ud800"', 422),
        (b"\xff\xfe{}", 400),
        (b"\xef\xbb\xbf{}", 400),
        (b"{'a': 1}", 400),
        (b'{"number": "MP/1", "number": "MP/2"}', 400),
        (b'{"a": NaN}', 400),
        (b'{"a": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 60_000, 400),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 400),
        (b" " * (LONGEST_BODY + 1), 413),
        (b"{" + b" " * (LONGEST_BODY - 2) + b"}", 422),
    ],
)
def test_broken_bodies_have_their_answer(police: System, raw: bytes, status: int) -> None:
    assert police.send(REPORT, raw).status_code == status


@pytest.mark.django_db
def test_other_kinds_and_methods_have_their_answer(police: System) -> None:
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ):
        assert police.send(REPORT, b"{}", content_type=kind).status_code == 415
    assert police.send(REPORT, a_report(), content_type="application/json; charset=utf-8").status_code == 201
    for method in ("get", "put", "patch", "delete", "head", "options"):
        answer = getattr(police.client, method)(REPORT, headers={"authorization": f"Bearer {police.key}"})
        assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_reading_is_strict_and_not_deep() -> None:
    assert read_json(b'{"a": ["[[[[[[[[[[[[[[[[[[[[\\"[[["]}') == {"a": ['[[[[[[[[[[[[[[[[[[[["[[[']}
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST) is not None
    with pytest.raises(NotJson):
        read_json(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))
