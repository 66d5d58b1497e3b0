"""Keys: given, listed and ended at the command line; the secret is shown once and kept nowhere."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from kith.exchange.actions.keys import make_key
from kith.exchange.commands import api_key
from kith.exchange.models import ApiKey
from kith.exchange.rules.keys import Shown, hash_of, is_secret, read_key
from kith.exchange.tests.calling import REPORT, System, a_report
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def run(*said: str) -> Result:
    return CliRunner().invoke(api_key, said)


def test_a_key_is_given_used_listed_and_ended(cast: Cast) -> None:
    assert "No agency’s system has a key" in run("list").output
    given = run("add", "severnmouth-police", "--name", "Custody system", "--per-minute", "30")
    assert given.exit_code == 0
    text = given.stdout.strip()
    shown = read_key(text)
    assert shown is not None
    assert System(text).send(REPORT, a_report()).status_code == 202
    listed = run("list").output
    assert f"{shown.handle}  Severnmouth police: Custody system" in listed
    assert "30 a minute" in listed
    assert "last used never" not in listed
    assert shown.secret not in listed
    assert run("end", shown.handle).exit_code == 0
    assert System(text).send(REPORT, a_report()).status_code == 403
    assert "ended" in run("list").output
    assert run("end", shown.handle).exit_code == 1
    audit = list(AuditEvent.objects.values_list("action", "what", "viewer_name"))
    assert {"make-api-key", "end-api-key"} <= {action for action, _, _ in audit}
    assert shown.secret not in str(audit) + str(list(ApiKey.objects.values()))


def test_who_gets_none_is_told_why(cast: Cast) -> None:
    assert "no agency Nowhere" in run("add", "Nowhere", "--name", "X").output
    assert "not in the partnership" in run("add", "westhaven", "--name", "X").output
    for name in ("  ", "a\x00b", "a\nb"):
        with pytest.raises(NotAllowed):
            make_key(agency=cast.police, name=name, by=cast.loader, now=timezone.now())


def test_nobody_who_signs_in_sees_a_key(cast: Cast) -> None:
    make_key(agency=cast.police, name="Custody system", by=cast.loader, now=timezone.now())
    for viewer in (*cast.everybody(), ApiKey.objects.get().viewer):
        with viewing_as(viewer):
            assert not ApiKey.objects.exists()


def test_a_secret_is_told_from_another_and_does_not_stand_in_errors() -> None:
    shown = Shown("abcdefgh", "s" * 43)
    assert read_key(shown.text) == shown
    assert is_secret(shown.secret, hash_of(shown.secret))
    assert not is_secret("t" * 43, hash_of(shown.secret))
    assert not is_secret("", "")
    assert shown.secret not in repr(shown)
    for wrong in ("", "kithkey_", shown.text + "x", shown.text.upper(), "Bearer " + shown.text, shown.text + "\n"):
        assert read_key(wrong) is None
