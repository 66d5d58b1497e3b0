"""What each of the cast is offered, and that nothing offered is missing."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import get_resolver

from kith.config.navigation import ACCOUNT, KEYS, NAVIGATION, Frame, Part, find_url, frame_for
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
WORK = ["Desk", "Report a child missing", "Tell partners"]
ALL_SEE = ["Figures", "Scorecard", "Where children live"]


def frame_of(cast: Cast, who: str, path: str) -> Frame:
    return frame_for(getattr(cast, who), RequestFactory().get(path))


def texts(items: list[dict[str, Any]]) -> list[str]:
    return [item["text"] for item in items]


def test_every_page_in_the_navigation_exists() -> None:
    places = [place for part in NAVIGATION for place in (part.places if isinstance(part, Part) else (part,))]
    named = [*places, *ACCOUNT, *(place for _, _, place in KEYS)]
    names = [*(place.url_name for place in named), "search", "account_logout", "still-here"]
    assert [name for name in names if not find_url(name)] == []


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("asha", [*WORK, "Networks", "Insight"]),
        ("dev", [*WORK, "Networks"]),
        ("hana", ["Desk", "Caseload", "Front door", *WORK[1:], "Networks", "Insight", "Feeds", "Broken glass"]),
        ("quinn", ["Desk", "Missing children", *WORK[1:], "Networks", "Insight"]),
        ("gwen", ["Desk", "Matches to decide", "Insight", "Feeds"]),
        ("uma", ["Desk", "Insight", "Feeds"]),
        ("vera", ["Desk", "Insight"]),
        ("ellis", ["Desk", "Broken glass", "Who looked"]),
        ("idris", ["Desk", "Feeds", "Staff"]),
    ],
)
def test_each_is_offered_what_their_role_permits(cast: Cast, who: str, offered: list[str]) -> None:
    assert texts(frame_of(cast, who, "/").navigation) == offered


@pytest.mark.parametrize(
    ("who", "part", "path", "pages"),
    [
        ("asha", "Insight", "/insight/", ["Figures", "Scorecard", "Missing school", "Where children live"]),
        ("hana", "Insight", "/insight/",
         ["Figures", "Scorecard", "A year of missing children", "Missing school", "Where children live", "Reports",
          "Case audits"]),
        ("vera", "Insight", "/insight/", [*ALL_SEE, "Reports", "Case audits"]),
        ("uma", "Insight", "/insight/",
         [*ALL_SEE, "Where and when", "Networks", "Reports", "Problem profiles", "Cuts"]),
        ("quinn", "Missing children", "/missing/",
         ["Missing board", "Conversations on return", "Patterns", "Reports by other systems",
          "Letters on missing children", "The year"]),
        ("raj", "Missing children", "/missing/",
         ["Missing board", "Patterns", "Profiles", "Reports by other systems",
          "Letters on missing children", "The year"]),
        ("asha", "Tell partners", "/moments/new", ["Tell of a critical moment", "What I passed on"]),
        ("pia", "Missing children", "/missing/searches/", ["Searches", "Profiles", "Monthly reviews"]),
    ],
)  # fmt: skip
def test_what_belongs_together_stands_in_a_second_row(
    cast: Cast, who: str, part: str, path: str, pages: list[str]
) -> None:
    frame = frame_of(cast, who, path)
    assert (frame.part, texts(frame.part_pages)) == (part, pages)
    marked = [item for item in frame.navigation if item["active"] or item["current"]]
    assert [(item["text"], item["href"], item["current"]) for item in marked] == [(part, path, True)]
    assert [(item["text"], item["current"]) for item in frame.part_pages if item["current"]] == [(pages[0], True)]
    assert set(pages) < set(texts(frame.ways))
    assert frame_of(cast, who, "/").part == ""


@pytest.mark.parametrize(
    ("who", "path", "entry", "page"),
    [
        ("asha", "/insight/networks/5/", "Networks", ""),
        ("asha", "/insight/networks/5/links/1/2", "Networks", ""),
        ("asha", "/insight/suggestions/1/2", "Networks", ""),
        ("asha", "/insight/measures/contacts", "Insight", "Figures"),
        ("uma", "/insight/networks/5/", "Insight", "Networks"),
        ("uma", "/insight/networks/whole", "Insight", "Networks"),
        ("uma", "/insight/places/quay/change", "Insight", "Where and when"),
        ("uma", "/insight/places/live", "Insight", "Where children live"),
        ("vera", "/insight/ratings/4/", "Insight", "Scorecard"),
        ("hana", "/missing/year/months", "Insight", "A year of missing children"),
        ("quinn", "/missing/1/", "Missing children", "Missing board"),
        ("quinn", "/missing/follow-ups/3/", "Missing children", "Conversations on return"),
        ("quinn", "/missing/report/7", "Report a child missing", ""),
        ("asha", "/intelligence/received/", "Tell partners", "What I passed on"),
        ("asha", "/moments/mine", "Tell partners", "Tell of a critical moment"),
        ("sol", "/moments/mine", "Critical moments", ""),
        ("kofi", "/intelligence/5/", "Intelligence", ""),
        ("dev", "/insight/networks/5/", "Networks", ""),
        ("asha", "/records/4/", "Desk", ""),
        ("ellis", "/help", "", ""),
    ],
)
def test_where_somebody_is_is_marked_once_in_each_row(cast: Cast, who: str, path: str, entry: str, page: str) -> None:
    frame = frame_of(cast, who, path)
    assert [item["text"] for item in frame.navigation if item["active"] or item["current"]] == [entry][: bool(entry)]
    assert [item["text"] for item in frame.part_pages if item["active"] or item["current"]] == [page][: bool(page)]
    assert frame.part_page == page


def test_no_page_loses_its_way_in(cast: Cast) -> None:
    """Of each whom the cast knows, every page of the navigation that they may open is in one row or the other."""
    for who in cast.everybody():
        ways = frame_for(who, RequestFactory().get("/")).ways
        assert len({way["href"] for way in ways}) == len(ways)
        for way in ways:
            frame = frame_for(who, RequestFactory().get(way["href"]))
            reached = [item["href"] for item in [*frame.navigation, *frame.part_pages] if item["current"]]
            assert set(reached) == {way["href"]}, (who.name, way["text"])


def test_addresses_of_other_pages_of_a_part_are_addresses(cast: Cast) -> None:
    places = [place for part in NAVIGATION for place in (part.places if isinstance(part, Part) else (part,))]
    routes = [f"/{route.split('<')[0]}" for route in all_routes(get_resolver())]
    for begins in {begins for place in places for begins in place.also}:
        assert any(route.startswith(begins) for route in routes), begins


def all_routes(resolver: Any, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        here = before + str(one.pattern)
        yield from all_routes(one, here) if hasattr(one, "url_patterns") else [here]


def test_both_rows_say_to_a_screen_reader_where_they_are(cast: Cast, client: Client) -> None:
    client.force_login(cast.vera)
    page = BeautifulSoup(client.get("/insight/reviews/").content, "html.parser")
    main, second = page.select_one("nav[aria-label=Main]"), page.select_one("nav[aria-label=Insight]")
    assert main is not None
    assert second is not None
    assert [(one["aria-current"], one.get_text(strip=True)) for one in main.select("[aria-current]")] == [
        ("true", "Insight")
    ]
    assert [(one["aria-current"], one.get_text()) for one in second.select("[aria-current]")] == [("true", "Scorecard")]
    labels = [nav["aria-label"] for nav in page.select("nav[aria-label]")]
    assert len(set(labels)) == len(labels)


def test_only_who_reads_records_is_offered_a_search(cast: Cast) -> None:
    request = RequestFactory().get("/")
    assert frame_for(cast.asha, request).search_url
    assert not frame_for(cast.ellis, request).search_url
    assert not frame_for(None, request).search_url
    assert frame_for(None, request).navigation == []
