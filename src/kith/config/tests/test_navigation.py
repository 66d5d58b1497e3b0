"""What each of the cast is offered, and that nothing offered is missing."""

import pytest
from django.test import RequestFactory

from kith.config.navigation import ACCOUNT, KEYS, NAVIGATION, find_url, frame_for
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def test_every_page_in_the_navigation_exists() -> None:
    named = [*NAVIGATION, *ACCOUNT, *(place for _, _, place in KEYS)]
    names = [*(place.url_name for place in named), "search", "account_logout", "still-here"]
    assert [name for name in names if not find_url(name)] == []


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (
            "asha",
            ["Desk", "Report a child missing", "Tell of a critical moment", "What I passed on", "Networks", "Figures"],
        ),
        ("dev", ["Desk", "Report a child missing", "Tell of a critical moment", "What I passed on", "Networks"]),
        ("gwen", ["Desk", "Matches to decide", "Feeds", "Figures"]),
        ("uma", ["Desk", "Feeds", "Networks", "Figures", "Reports", "Problem profiles", "Where and when", "Cuts"]),
        ("vera", ["Desk", "Figures", "Scorecard", "Reports", "Case audits"]),
        ("ellis", ["Desk", "Broken glass", "Who looked"]),
        ("idris", ["Desk", "Feeds", "Staff"]),
    ],
)
def test_each_is_offered_what_their_role_permits(cast: Cast, who: str, offered: list[str]) -> None:
    frame = frame_for(getattr(cast, who), RequestFactory().get("/"))
    assert [item["text"] for item in frame.navigation] == offered


def test_only_who_reads_records_is_offered_a_search(cast: Cast) -> None:
    request = RequestFactory().get("/")
    assert frame_for(cast.asha, request).search_url
    assert not frame_for(cast.ellis, request).search_url
    assert not frame_for(None, request).search_url
    assert frame_for(None, request).navigation == []


def test_where_somebody_is_is_marked(cast: Cast) -> None:
    request = RequestFactory().get("/feeds/police-missing/")
    marked = [item["text"] for item in frame_for(cast.gwen, request).navigation if item["active"]]
    assert marked == ["Feeds"]


def test_of_two_places_that_a_page_lies_within_the_innermost_is_marked(cast: Cast) -> None:
    frame = frame_for(cast.quinn, RequestFactory().get("/missing/talks/1/"))
    assert [item["text"] for item in frame.navigation if item["active"]] == ["Conversations on return"]
    board = frame_for(cast.quinn, RequestFactory().get("/missing/1/"))
    assert [item["text"] for item in board.navigation if item["active"]] == ["Missing board"]
