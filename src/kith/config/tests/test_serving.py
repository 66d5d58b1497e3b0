"""What is served to whoever watches the site, and what serving refuses."""

from __future__ import annotations

import socket
from typing import Any

import click
import pytest
from django.db import OperationalError
from django.test import Client

from kith.config import health
from kith.config.commands.serve import refuse_a_taken_port


@pytest.mark.django_db
def test_health_says_ready_without_signing_in(client: Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"state": "ready"}


def test_health_says_why_not(client: Client, monkeypatch: Any) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("connection refused to a host that nobody should read about")

    monkeypatch.setattr(health, "MigrationExecutor", gone)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"state": "not ready", "reason": "The database does not answer."}


def test_the_theme_is_served_to_everybody(client: Client) -> None:
    answer = client.get("/theme.css")
    assert answer.status_code == 200
    assert "--kith-partnership:#0b5c63" in answer.content.decode()


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(click.ClickException, match="Choose another --port"):
            refuse_a_taken_port("127.0.0.1", taken.getsockname()[1])
