"""Where somebody may go from any page, by what their role permits; and the same by keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Permission, Role, TeamWork


@dataclass(frozen=True)
class Place:
    """A page in the navigation: its words, its URL's name, who needs it (None: everybody who signs in), the work that
    one of their teams must do, if any, and the role that they must hold, if any; `partners`: only for its agencies;
    `also`: how the addresses of other pages begin that belong to it.
    """

    text: str
    url_name: str
    needs: Permission | None = None
    team: TeamWork | None = None
    role: Role | None = None
    partners: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Pages that belong together: one entry in the navigation, and inside them a second row. Whoever may go to one of
    them only is offered that one by its own name.
    """

    text: str
    places: tuple[Place, ...]


MISSING = Part(
    "Missing children",
    (
        Place("Missing board", "missing", team=TeamWork.MISSING),
        Place("Missing board", "missing", team=TeamWork.SEARCH),
        Place("Searches", "missing-searches", team=TeamWork.HOMES),
        Place("Conversations on return", "talks", team=TeamWork.MISSING, also=("/missing/follow-ups/",)),
        Place("Patterns", "missing-patterns", team=TeamWork.MISSING),
        Place("Patterns", "missing-patterns", team=TeamWork.SEARCH),
        Place("Profiles", "missing-profiles", team=TeamWork.HOMES),
        Place("Profiles", "missing-profiles", team=TeamWork.SEARCH),
        Place("Monthly reviews", "missing-reviews", team=TeamWork.HOMES),
        Place("Reports by other systems", "missing-unmatched", Permission.WRITE_ENTRIES, team=TeamWork.MISSING),
        Place("Reports by other systems", "missing-unmatched", Permission.WRITE_ENTRIES, team=TeamWork.SEARCH),
        Place("Letters on missing children", "missing-mail", team=TeamWork.MISSING),
        Place("Letters on missing children", "missing-mail", team=TeamWork.SEARCH),
        Place("The year", "missing-year", team=TeamWork.MISSING),
        Place("The year", "missing-year", team=TeamWork.SEARCH),
    ),
)
TELL = Part(
    "Tell partners",
    (
        Place("Tell of a critical moment", "moment-new", Permission.WRITE_ENTRIES, also=("/moments/",)),
        Place("What I passed on", "intelligence-mine", Permission.GIVE_INTELLIGENCE,
              also=("/intelligence/new", "/intelligence/received/")),
    ),
)  # fmt: skip
INSIGHT = Part(
    "Insight",
    (
        Place("Figures", "insight", Permission.SEE_FIGURES, partners=True),  # leads to rules and comparisons too
        Place("Scorecard", "insight-scorecard", Permission.SEE_FIGURES, partners=True,
              also=("/insight/reviews/", "/insight/ratings/")),
        Place("A year of missing children", "missing-year", role=Role.MANAGER),
        Place("Missing school", "missing-school", Permission.READ_RECORDS, partners=True),
        Place("Where children live", "insight-places-live", Permission.SEE_FIGURES, partners=True),
        Place("Where and when", "insight-places", Permission.ANALYSE),
        Place("Networks", "network-whole", Permission.ANALYSE, also=("/insight/networks/",)),
        Place("Reports", "reports", Permission.ANALYSE),
        Place("Reports", "reports", role=Role.LEADER),
        Place("Reports", "reports", role=Role.MANAGER, partners=True),
        Place("Problem profiles", "problem-profiles", Permission.ANALYSE),
        Place("Case audits", "case-audits", role=Role.MANAGER, partners=True),
        Place("Case audits", "case-audits", role=Role.LEADER, partners=True),
        Place("Cuts", "insight-cuts", Permission.ANALYSE),
    ),
)  # fmt: skip
FEEDS = Part(
    "Feeds",
    (
        Place("Feeds", "feeds", Permission.SEE_FEEDS),
        Place("Calls that could not be taken", "refused-calls", Permission.REVIEW_MATCHES),
    ),
)
NAVIGATION: tuple[Place | Part, ...] = (
    Place("Desk", "desk", also=("/records/",)),
    Place("Caseload", "caseload", role=Role.MANAGER),
    Place("Front door", "front-door", Permission.DECIDE_CONTACTS),
    Place("Critical moments", "moments", team=TeamWork.RESPONSE),
    MISSING,
    Place("Report a child missing", "missing-report", Permission.WRITE_ENTRIES),
    TELL,
    Place("Checks asked of us", "checks-asked", team=TeamWork.CHECKS),
    Place("Matches to decide", "matches", Permission.REVIEW_MATCHES),
    Place("Intelligence", "intelligence", Permission.GRADE_INTELLIGENCE),
    Place("Networks", "networks", Permission.READ_RECORDS, also=("/insight/suggestions/",)),
    INSIGHT,
    FEEDS,
    Place("Broken glass", "break-glass-reviews", Permission.REVIEW_BREAK_GLASS),
    Place("Who looked", "audit", Permission.AUDIT),
    Place("Staff", "staff", Permission.MANAGE_STAFF),
)
ACCOUNT = (
    Place("Words not sent", "drafts"),
    Place("Your sign-in", "account"),
    Place("Password", "account_change_password"),
)
KEYS = (
    ("g d", "Go to your desk", Place("Desk", "desk")),
    ("n", "Write a note", Place("Write a note", "entry-new", Permission.WRITE_ENTRIES)),
)


@dataclass(frozen=True)
class Frame:
    """What the layout needs to draw the parts around a page."""

    navigation: list[dict[str, Any]] = field(default_factory=list)
    part: str = ""  # of the navigation, where this page lies in one of several pages
    part_pages: list[dict[str, Any]] = field(default_factory=list)
    part_page: str = ""  # of these, the one where this page lies
    ways: list[dict[str, Any]] = field(default_factory=list)  # every page that the navigation leads to
    account: list[dict[str, str]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    key_words: list[tuple[str, str]] = field(default_factory=list)
    search_url: str = ""
    sign_out_url: str = ""
    help_url: str = ""
    tell_url: str = ""
    idle_seconds: int = 0
    stay_url: str = ""


def frame_for(viewer: Viewer | None, request: HttpRequest) -> Frame:
    """The frame for whoever looks; nobody signed in gets the name, help and nothing else."""
    help_url, tell_url = find_url("help"), find_url("tell")
    if viewer is None:
        return Frame(help_url=help_url, tell_url=tell_url)
    allowed = Role(viewer.role).permissions
    works = set(viewer.teams.values_list("work", flat=True))
    keys = [(keys, does, find_url(place.url_name)) for keys, does, place in KEYS if _may(place, viewer, works)]
    offered = [(part.text, places) for part in NAVIGATION if (places := _offered(part, viewer, works))]
    here = _innermost([place for _, places in offered for place in places], request.path)
    within = next((part for part, places in offered if here in places and len(places) > 1), "")
    rows = {part: [_item(place, request.path, here) for place in places] for part, places in offered}
    return Frame(
        navigation=[_entry(part, items) for part, items in rows.items()],
        part=within,
        part_pages=rows.get(within, []),
        part_page=here.text if here and within else "",
        ways=[item for items in rows.values() for item in items],
        account=[{"text": p.text, "href": find_url(p.url_name)} for p in ACCOUNT if find_url(p.url_name)],
        keys={key: address for key, _, address in keys if address},
        key_words=[
            ("/", "Search"),
            *((key, does) for key, does, address in keys if address),
            ("?", "Show this list"),
        ],
        search_url=find_url("search") if Permission.READ_RECORDS in allowed else "",
        sign_out_url=find_url("account_logout"),
        help_url=help_url,
        tell_url=tell_url,
        idle_seconds=int(getattr(settings, "KITH_IDLE_SECONDS", 0)),
        stay_url=find_url("still-here"),
    )


def find_url(name: str) -> str:
    """The address of a named page, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _may(place: Place, viewer: Viewer, works: set[str]) -> bool:
    role = Role(viewer.role)
    permitted = (place.needs is None or place.needs in role.permissions) and place.role in (None, role)
    here = not place.partners or (viewer.agency is not None and viewer.agency.in_partnership)
    return permitted and here and (place.team is None or place.team.value in works)


def _offered(part: Place | Part, viewer: Viewer, works: set[str]) -> list[Place]:
    """Of a part, the pages that this viewer may go to, each once."""
    places = part.places if isinstance(part, Part) else (part,)
    found = {place.url_name: place for place in reversed(places) if _may(place, viewer, works)}
    return [place for place in places if found.get(place.url_name) is place and find_url(place.url_name)]


def _innermost(places: list[Place], path: str) -> Place | None:
    """Of several places that a page lies within, the innermost."""
    lies = [(len(begins), place) for place in places for begins in _begins(place) if path.startswith(begins)]
    return max(lies, key=lambda one: one[0])[1] if lies else None


def _begins(place: Place) -> tuple[str, ...]:
    address = find_url(place.url_name)
    return place.also if address == "/" else (address, *place.also)


def _item(place: Place, path: str, here: Place | None) -> dict[str, Any]:
    address = find_url(place.url_name)
    return {
        "text": place.text,
        "href": address,
        "current": path == address,
        "active": place is here and path != address,
    }


def _entry(part: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """A part in the navigation: the page itself where there is only one, otherwise the first by the part's name."""
    if len(items) == 1:
        return items[0]
    first, inside = items[0], any(item["current"] or item["active"] for item in items)
    return {**first, "text": part, "active": inside and not first["current"]}
