"""Whoever tries keys is told to wait, and it is told of; whoever has the right one is let through."""

from __future__ import annotations

import logging

import pytest

from kith.exchange.models import SentReport
from kith.exchange.rules.keys import read_key
from kith.exchange.tests.calling import REPORT, System, a_report, system_of
from kith.foundations.audit.models import AuditEvent
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def with_another_secret(system: System, number: int = 0) -> System:
    shown = read_key(system.key)
    assert shown is not None
    return System(f"kithkey_{shown.handle}_{number:043d}")


def test_five_wrong_secrets_and_it_waits(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    police = system_of(cast, cast.police)
    shown = read_key(police.key)
    assert shown is not None
    with caplog.at_level(logging.DEBUG):
        answers = [with_another_secret(police, number).send(REPORT, a_report()) for number in range(7)]
    assert [one.status_code for one in answers] == [401] * 4 + [429] * 3
    assert int(answers[-1]["Retry-After"]) == 900
    assert answers[-1]["Content-Type"] == "application/problem+json"
    told = list(AuditEvent.objects.filter(action="wrong-api-key").order_by("pk").values_list("what", "because"))
    assert [because for _, because in told] == [""] * 4 + ["Told to wait 900 seconds"]
    assert all(shown.handle in what for what, _ in told)
    kept = caplog.text + str(list(AuditEvent.objects.values()))
    assert "0" * 40 not in kept
    assert shown.secret not in kept


def test_a_right_key_is_let_through_whatever_others_tried_with_its_open_part(cast: Cast) -> None:
    police = system_of(cast, cast.police)
    for number in range(6):
        with_another_secret(police, number).send(REPORT, a_report())
    assert police.send(REPORT, a_report()).status_code == 202
    assert SentReport.objects.count() == 1


def test_many_keys_from_one_address_wait_a_minute_and_are_not_told_of_for_ever(cast: Cast) -> None:
    answers = [System(f"kithkey_{n:08d}_{n:043d}").get(f"{REPORT}/MP/1") for n in range(22)]
    assert [one.status_code for one in answers] == [401] * 20 + [429] * 2
    assert answers[-1]["Retry-After"] == "60"
    told = AuditEvent.objects.filter(action="wrong-api-key")
    assert told.count() == 20
    assert not told.filter(what__contains="0000").exists()


def test_what_is_no_key_at_all_is_counted_and_kept_nowhere(cast: Cast) -> None:
    answers = [System("hunter2 is my password").send(REPORT, a_report()) for _ in range(6)]
    assert [one.status_code for one in answers] == [401] * 4 + [429] * 2
    assert not AuditEvent.objects.filter(what__contains="hunter2").exists()
