"""Two calls at once: the same call is done once, and both have the same answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kith.exchange.models import ApiCall, SentReport
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.missing.models import Account, Episode
from tests.support.cast import Cast, make_person

TIMES = 4


@pytest.mark.django_db(transaction=True)
def test_the_same_call_at_once_is_done_once(cast: Cast) -> None:
    make_person("Amara Osei")
    keys = [system_of(cast, cast.police).key for _ in range(2)]  # two machines of one agency, each with its key
    told = a_report()
    answers = at_once([(key, told, "one") for key in keys * (TIMES // 2)])
    assert sorted(answer.status_code for answer in answers) == [200] * (TIMES - 1) + [201]
    assert len({answer.content for answer in answers}) == 1
    assert (ApiCall.objects.count(), SentReport.objects.count(), Account.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_agencies_at_once_tell_of_one_absence(cast: Cast) -> None:
    make_person("Amara Osei")
    systems = [system_of(cast, agency).key for agency in (cast.police, cast.school)]
    answers = at_once([(key, a_report(), "one") for key in systems])
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (Episode.objects.count(), Account.objects.count()) == (1, 2)


def at_once(calls: list[tuple[str, dict[str, Any], str]]) -> list[Any]:
    barrier = Barrier(len(calls))

    def one(call: tuple[str, dict[str, Any], str]) -> Any:
        key, told, once = call
        try:
            barrier.wait(timeout=30)
            return System(key, Client(raise_request_exception=False)).send(REPORT, told, once=once)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))
