"""Roles, audiences and reasons: plain facts about access, no database and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Reach(StrEnum):
    """How far a viewer's eyes go: the scopes opened to them, or, for a named system job only, everything."""

    SCOPED = "scoped"
    ALL = "all"


class ScopeKind(StrEnum):
    """What kind of audience a scope is."""

    CIRCLE = "circle"  # those who work with one subject
    RESTRICTED = "restricted"  # a part of one subject's record that even the circle may not read
    TEAM = "team"
    PARTNERSHIP = "partnership"  # everybody in the partnership: headlines only
    FIGURES = "figures"  # everybody of the partnership who may see counted figures


OF_ROLES = {ScopeKind.PARTNERSHIP.value, ScopeKind.FIGURES.value}  # held by one's role, never by an opening


class TeamWork(StrEnum):
    """What a team shares that is not yet anybody's record: its queue, opened to its members."""

    FRONT_DOOR = "front-door"
    CHECKS = "checks"
    INTELLIGENCE = "intelligence"
    SOURCES = "sources"
    EARLY_HELP = "early-help"
    ASSESSMENT = "assessment"
    CONTEXTS = "contexts"
    MISSING = "missing"
    SEARCH = "search"
    HOMES = "homes"
    RESPONSE = "response"

    @property
    def title(self) -> str:  # type: ignore[override]
        return TEAM_WORK[self]


TEAM_WORK: dict[TeamWork, str] = {
    TeamWork.FRONT_DOOR: "Takes contacts at the front door",
    TeamWork.CHECKS: "Answers the front door's checks for its agency",
    TeamWork.INTELLIGENCE: "Grades and passes on intelligence",
    TeamWork.SOURCES: "Knows who gave intelligence",
    TeamWork.EARLY_HELP: "Gives early help",
    TeamWork.ASSESSMENT: "Assesses and works with children and families",
    TeamWork.CONTEXTS: "Works with peer groups and places",
    TeamWork.MISSING: "Follows missing children, and offers each a conversation on return",
    TeamWork.SEARCH: "Searches for missing children",
    TeamWork.HOMES: "Looks after children in a home",
    TeamWork.RESPONSE: "Answers critical moments, day and night",
}


class Tier(StrEnum):
    """How much of a subject a viewer may know."""

    NOTHING = "nothing"
    HEADLINE = "headline"
    FULL = "full"


class Permission(StrEnum):
    """What a viewer may do; on which rows is for row security to say."""

    READ_RECORDS = "read records opened to them"
    SEE_HEADLINES = "see that a child is known and whom to ring"
    WRITE_ENTRIES = "write entries, links, groups and places"
    BREAK_GLASS = "open a record for hours with a reason"
    REVIEW_BREAK_GLASS = "review who broke the glass"
    REVIEW_MATCHES = "decide whether records are one person"
    SEE_FEEDS = "see deliveries, rejects and freshness"
    AUDIT = "see who looked, everywhere"
    MANAGE_STAFF = "add and remove people, teams and openings"
    DECIDE_CONTACTS = "decide what follows from what the front door is told"
    GIVE_INTELLIGENCE = "pass intelligence to the police team that grades it, and hear what became of it"
    GRADE_INTELLIGENCE = "grade intelligence, make what may be passed on, and pass it on"
    SEE_FIGURES = "see counted figures, which name nobody"
    ANALYSE = "make cuts, networks, maps, profiles and reports of them"
    REIDENTIFY = "see whom a row of a cut is about, with a purpose, on record"


class Role(StrEnum):
    """What somebody is here to do."""

    PRACTITIONER = "practitioner"
    MANAGER = "manager"
    FRONT_DOOR = "front-door"
    INTELLIGENCE = "intelligence"
    DATA_OFFICER = "data-officer"
    ANALYST = "analyst"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"

    @property
    def title(self) -> str:  # type: ignore[override]
        return ROLES[self].title

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLES[self].permissions


@dataclass(frozen=True)
class RoleDefinition:
    """A role as the people who hold it read it."""

    title: str
    description: str
    permissions: frozenset[Permission]


_WORKS_WITH_CHILDREN = frozenset(
    {
        Permission.READ_RECORDS,
        Permission.SEE_HEADLINES,
        Permission.WRITE_ENTRIES,
        Permission.BREAK_GLASS,
        Permission.GIVE_INTELLIGENCE,
        Permission.SEE_FIGURES,
    }
)
ROLES: dict[Role, RoleDefinition] = {
    Role.PRACTITIONER: RoleDefinition(
        "Practitioner",
        "Works with children, groups or places. Sees in full whom their work has opened, and headlines of others.",
        _WORKS_WITH_CHILDREN,
    ),
    Role.MANAGER: RoleDefinition(
        "Manager",
        "As a practitioner, and reviews each time the glass was broken on their team's records.",
        _WORKS_WITH_CHILDREN | {Permission.REVIEW_BREAK_GLASS, Permission.SEE_FEEDS, Permission.DECIDE_CONTACTS},
    ),
    Role.FRONT_DOOR: RoleDefinition(
        "Front door worker",
        "As a practitioner; the front door's circle opens with each contact until it is decided.",
        _WORKS_WITH_CHILDREN | {Permission.SEE_FEEDS, Permission.DECIDE_CONTACTS},
    ),
    Role.INTELLIGENCE: RoleDefinition(
        "Intelligence officer",
        "As a practitioner; grades what partners pass on, and passes on what may be shared.",
        _WORKS_WITH_CHILDREN | {Permission.GRADE_INTELLIGENCE},
    ),
    Role.DATA_OFFICER: RoleDefinition(
        "Data officer",
        "Looks after deliveries, decides whether records are one person. Reads only what that needs.",
        frozenset({Permission.REVIEW_MATCHES, Permission.SEE_FEEDS, Permission.SEE_FIGURES}),
    ),
    Role.ANALYST: RoleDefinition(
        "Partnership analyst",
        "Makes figures, networks, maps and reports from dated cuts without names. Does not read records; may see whom "
        "a row is about, with a purpose that is kept.",
        frozenset({Permission.SEE_FIGURES, Permission.ANALYSE, Permission.REIDENTIFY, Permission.SEE_FEEDS}),
    ),
    Role.LEADER: RoleDefinition(
        "Leader",
        "Leads the partnership or holds it to account: sees figures and signed reports, which name nobody.",
        frozenset({Permission.SEE_FIGURES}),
    ),
    Role.AUDITOR: RoleDefinition(
        "Auditor",
        "Sees who looked at what and why. Does not read records.",
        frozenset({Permission.AUDIT, Permission.REVIEW_BREAK_GLASS}),
    ),
    Role.ADMINISTRATOR: RoleDefinition(
        "Administrator",
        "Adds and removes people and teams. Does not read records.",
        frozenset({Permission.MANAGE_STAFF, Permission.SEE_FEEDS}),
    ),
    Role.SYSTEM: RoleDefinition("System job", "A named job with a stated purpose, audited like a person.", frozenset()),
}

REASONS: dict[str, str] = {
    "allocated": "Allocated to this child",
    "involved": "Works with this child",
    "created": "Wrote this record",
    "invited": "Invited to a meeting",
    "break-glass": "Broke the glass",
    "added": "Added by a manager",
    "partnership": "Member of the partnership",
    "service": "Works for the service that wrote it",
    "place": "Decides on public places",
    "team": "Member of the team",
    "contact": "Decides on a contact",
    "work": "Works on what was opened",
    "missing": "Searches for a missing child, or talks with one who is back",
    "carer": "Looks after the child",
}

REVIEW_OUTCOMES: dict[str, str] = {
    "justified": "Justified",
    "justified-widen": "Justified: open the circle properly",
    "question": "To be talked about with the worker and their manager",
    "not-justified": "Not justified: taken further",
}

BREAK_GLASS_LASTS = timedelta(hours=4)
BREAK_GLASS_REVIEW_WITHIN = 2  # working days
BREAK_GLASS_A_DAY = 5  # more than this in twenty-four hours: ring instead


class GlassGround(StrEnum):
    """What somebody who breaks the glass says first: the kind of need."""

    SAFETY_NOW = "safety-now"
    WITH_CHILD = "with-child"
    CONCERN = "concern"
    COVERING = "covering"
    OTHER = "other"

    @property
    def title(self) -> str:  # type: ignore[override]
        return GLASS_GROUNDS[self]


GLASS_GROUNDS: dict[GlassGround, str] = {
    GlassGround.SAFETY_NOW: "Somebody may be in danger now",
    GlassGround.WITH_CHILD: "They are with me, or I am about to see them",
    GlassGround.CONCERN: "I have a concern and must know who to tell and what is known",
    GlassGround.COVERING: "I am covering for the worker",
    GlassGround.OTHER: "Another reason",
}


def says_something(text: str) -> bool:
    """Whether somebody else could review this reason: four different words and twenty letters at least."""
    words = {word.strip(".,;:!?-").lower() for word in text.split()}
    words = {word for word in words if any(letter.isalpha() for letter in word)}
    return len(words) >= 4 and sum(letter.isalpha() for letter in text) >= 20
