"""What every journey has: a browser, a served site over a database of its own, the cast, and a story to tell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys.browser import ROOT, launch_settings, use_our_node
from tests.journeys.serving import as_in_service, collect_static, running_server
from tests.journeys.story import Story
from tests.support.cast import Cast, make_cast
from tests.support.databases import copied_database, name_for

use_our_node()
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own loop runs in the thread that writes what is given
WIDE = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            if any(marker.args for marker in item.iter_markers("journey")):
                item.add_marker(pytest.mark.measured)  # @pytest.mark.journey("J1"): `kith journeys` walks it
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **launch_settings()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    british = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
    return {**browser_context_args, **british, "viewport": WIDE}


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    """Where Playwright's relative addresses lead."""
    return site


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the styles and scripts stand as they are served to people."""
    folder = tmp_path_factory.mktemp("static")
    collect_static(folder)
    return folder


@pytest.fixture(scope="session")
def site(collected: Path) -> Iterator[str]:
    """The served site's address."""
    with running_server(collected) as address:
        yield address


@pytest.fixture(autouse=True)
def database(migrated: str, django_db_blocker: Any) -> Iterator[None]:
    """A database of this journey's own."""
    with django_db_blocker.unblock(), copied_database(migrated, name_for("journey")):
        yield


@pytest.fixture(autouse=True)
def demonstration(settings: Any, collected: Path) -> Iterator[None]:
    """Served as the demonstration is: the cast may sign in with one click."""
    settings.DEMO = True
    with as_in_service(collected):
        yield


@pytest.fixture
def cast(database: None) -> Cast:
    """Everybody in tests/support/cast.py, written and committed."""
    return make_cast()


@pytest.fixture
def story(database: None, context: BrowserContext, site: str, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A journey's browser page; at its end no script has failed and nothing was asked of another site."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.originalname.removeprefix("test_").lower()).strip("-")
    pictures = ROOT / "test-results" / request.path.stem.removeprefix("test_") / name
    test = f"{request.path.relative_to(ROOT)}::{request.node.originalname}"
    told = Story(context=context, site=site, pictures=pictures, test=test)
    yield told
    told.then_nothing_went_wrong_unseen()
    context.close()  # before the database goes, so that no request is left on it
