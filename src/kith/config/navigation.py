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
    one of their teams must do, if any, and the role that they must hold, if any; `partners`: only for its agencies.
    """

    text: str
    url_name: str
    needs: Permission | None = None
    team: TeamWork | None = None
    role: Role | None = None
    partners: bool = False


NAVIGATION = (
    Place("Desk", "desk"),
    Place("Caseload", "caseload", role=Role.MANAGER),
    Place("Front door", "front-door", Permission.DECIDE_CONTACTS),
    Place("Critical moments", "moments", team=TeamWork.RESPONSE),
    Place("Missing board", "missing", team=TeamWork.MISSING),
    Place("Missing board", "missing", team=TeamWork.SEARCH),
    Place("Reports by other systems", "missing-unmatched", Permission.WRITE_ENTRIES, team=TeamWork.MISSING),
    Place("Reports by other systems", "missing-unmatched", Permission.WRITE_ENTRIES, team=TeamWork.SEARCH),
    Place("Letters on missing children", "missing-mail", team=TeamWork.MISSING),
    Place("Letters on missing children", "missing-mail", team=TeamWork.SEARCH),
    Place("Report a child missing", "missing-report", Permission.WRITE_ENTRIES),
    Place("Tell of a critical moment", "moment-new", Permission.WRITE_ENTRIES),
    Place("Conversations on return", "talks", team=TeamWork.MISSING),
    Place("Patterns", "missing-patterns", team=TeamWork.MISSING),
    Place("Patterns", "missing-patterns", team=TeamWork.SEARCH),
    Place("Searches", "missing-searches", team=TeamWork.HOMES),
    Place("Profiles", "missing-profiles", team=TeamWork.HOMES),
    Place("Profiles", "missing-profiles", team=TeamWork.SEARCH),
    Place("Monthly reviews", "missing-reviews", team=TeamWork.HOMES),
    Place("Checks asked of us", "checks-asked", team=TeamWork.CHECKS),
    Place("Matches to decide", "matches", Permission.REVIEW_MATCHES),
    Place("Feeds", "feeds", Permission.SEE_FEEDS),
    Place("Intelligence", "intelligence", Permission.GRADE_INTELLIGENCE),
    Place("What I passed on", "intelligence-mine", Permission.GIVE_INTELLIGENCE),
    Place("Networks", "networks", Permission.READ_RECORDS),
    Place("Networks", "network-whole", Permission.ANALYSE),
    Place("A year of missing children", "missing-year", role=Role.MANAGER),
    Place("Figures", "insight", Permission.SEE_FIGURES, partners=True),  # leads to reports, profiles and rules too
    Place("Case audits", "case-audits", role=Role.MANAGER, partners=True),
    Place("Reports", "reports", Permission.ANALYSE),
    Place("Scorecard", "insight-scorecard", role=Role.LEADER, partners=True),
    Place("Reports", "reports", role=Role.LEADER),
    Place("Case audits", "case-audits", role=Role.LEADER, partners=True),
    Place("Problem profiles", "problem-profiles", Permission.ANALYSE),
    Place("Where and when", "insight-places", Permission.ANALYSE),
    Place("Cuts", "insight-cuts", Permission.ANALYSE),
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
    return Frame(
        navigation=_closest(
            [
                _item(place, request.path)
                for place in NAVIGATION
                if _may(place, viewer, works) and find_url(place.url_name)
            ]
        ),
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


def _closest(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of several places that a page lies within, the innermost alone is marked."""
    innermost = max((len(item["href"]) for item in items if item["active"] or item["current"]), default=0)
    return [{**item, "active": item["active"] and len(item["href"]) == innermost} for item in items]


def _item(place: Place, path: str) -> dict[str, Any]:
    address = find_url(place.url_name)
    inside = path.startswith(address) if address != "/" else path.startswith("/records/")
    return {
        "text": place.text,
        "href": address,
        "current": path == address,
        "active": inside and path != address,
    }
