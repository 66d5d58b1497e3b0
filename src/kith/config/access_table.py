"""Who may open each page: every address by its name. An address that is not listed here fails the tests.

This is a statement to be read and signed off, and what the sweep over every page holds the site to; it decides nothing.
What it says of a page is what somebody finds there when they ask for it, with nothing filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kith.foundations.access.rules import Permission


class Who(StrEnum):
    """Whom a page is for."""

    ANYBODY = "anybody, signed in or not"
    SIGNED_IN = "everybody who signs in"
    CIRCLE = "those to whom the record is open"
    KNOWN = "those to whom the record is open, and those who may know that it exists"
    WRITER = "who wrote it, as long as the record is open to them"
    CIRCLE_OR_AUDITOR = "those to whom the record is open, and auditors"
    GRADERS = "the team that grades intelligence"
    SOURCE_UNIT = "the team that keeps the sources of intelligence"
    RECEIVERS = "those to whom this intelligence was passed on"
    CHECKED = "those of the agency's team that was asked"
    ASKERS = "the front door team that asked"
    DEMONSTRATION = "the demonstration only: elsewhere there is no such page"
    FRONT_DOOR = "the front door team that received it"
    RESPONDERS = "those who answer critical moments, and their managers"
    ON_CALL = "those who answer critical moments"
    MANAGERS = "managers, of their own teams"
    KEEPERS = "those who keep the child's profile"
    HOMES = "the staff of the home"
    HOME_REVIEWS = "the staff of the home, and those who search for missing children and follow them"
    MOMENT = "those who answer the critical moment, and those to whom the child's record is open"
    ANSWERERS = "the team that was paged, and whoever was paged beside it"
    SEES_FIGURES = "those whose role sees figures, in an agency of the partnership"
    ANALYSTS = "partnership analysts"
    WRITES_REPORTS = "partnership analysts, and managers of its agencies"
    COUNTS_MISSING = "those who follow missing children, and managers, who see no small number"
    FOLLOWS_MISSING = "those who search for missing children, and those who talk with them on return"
    MISSING_DESK = "the teams that search for missing children and follow them"
    ABSENCE = "those teams, and those to whom the child's record is open"
    TALKERS = "the team that talks with children on return"
    TALK = "those to whom the record is open, those who search, and the team that talks with children on return"
    OF_THE_CHILD = "social workers to whom the record is open, and the team that talks with children on return"
    SYSTEMS = "other agencies' own systems, each with its key; nobody who signs in"
    ASKED_FOR_IT = "who asked for it, as long as somebody it begins from is open to them"
    CASE_AUDITOR = "whoever audits the record"
    AUDITED = "the worker whose record is audited"
    HANDED_IN = "whoever handed the audit in, and managers of their agency"
    CASE_ACTION = "whoever is to do what a case audit asks for, and managers to whom the record is open"
    NOBODY = "nobody: a page of the sign-in package that Kith does not offer"


@dataclass(frozen=True)
class Access:
    """For whom a page is, what their role must permit, and what others are told: 404 there is none, 403 they may not.

    A page about a record is simply not there for others (404): they must not learn that the record exists. Only whose
    role permits it for no record at all may be told so (403), which says nothing of this one.
    """

    who: Who = Who.SIGNED_IN
    needs: Permission | None = None
    others: int = 404


ANYBODY = Access(Who.ANYBODY)
SIGNED_IN = Access(Who.SIGNED_IN)
CIRCLE = Access(Who.CIRCLE)
KNOWN = Access(Who.KNOWN)
WRITES_ON_RECORD = Access(Who.CIRCLE, Permission.WRITE_ENTRIES)
GRADES = Access(Who.GRADERS, Permission.GRADE_INTELLIGENCE)
NOT_OFFERED = Access(Who.NOBODY)
TALKS_ONLY = Access(Who.TALKERS, others=403)
IN_QUEUE = Access(Who.FRONT_DOOR, Permission.DECIDE_CONTACTS)


SEES_FIGURES = Access(Who.SEES_FIGURES, Permission.SEE_FIGURES, others=403)
WRITES_REPORTS = Access(Who.WRITES_REPORTS, Permission.SEE_FIGURES, others=403)
ANALYSTS = Access(Who.ANALYSTS, Permission.ANALYSE, others=403)


def _only(needs: Permission, others: int = 403) -> Access:
    return Access(Who.SIGNED_IN, needs, others)


ACCESS: dict[str, Access] = {
    # Frame
    "health": ANYBODY,
    "theme": ANYBODY,
    "design-system": Access(Who.DEMONSTRATION),
    "demo-sign-in": Access(Who.DEMONSTRATION),
    # Signing in
    "account_login": ANYBODY,
    "account_inactive": ANYBODY,
    "account_reset_password": ANYBODY,
    "account_reset_password_done": ANYBODY,
    "account_reset_password_from_key": ANYBODY,
    "account_reset_password_from_key_done": ANYBODY,
    "account_set_password": ANYBODY,
    "account_logout": ANYBODY,
    "account_signup": NOT_OFFERED,
    "account_email": NOT_OFFERED,
    "mfa_authenticate": ANYBODY,
    "mfa_login_webauthn": ANYBODY,
    "account": SIGNED_IN,
    "still-here": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": NOT_OFFERED,  # until one has an app
    "mfa_view_recovery_codes": NOT_OFFERED,  # until one has some
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": NOT_OFFERED,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": NOT_OFFERED,  # until one has a passkey of that number
    "mfa_edit_webauthn": NOT_OFFERED,
    "usersessions_list": SIGNED_IN,
    # Without an account: telling, following, leaving, help
    "tell": ANYBODY,
    "tell-safety": ANYBODY,
    "tell-where": ANYBODY,
    "tell-what": ANYBODY,
    "tell-people": ANYBODY,
    "tell-you": ANYBODY,
    "tell-code": ANYBODY,
    "tell-check": ANYBODY,
    "tell-done": ANYBODY,
    "tell-keep": ANYBODY,
    "follow": ANYBODY,
    "leave": ANYBODY,
    "help": ANYBODY,
    "help-outside-home": ANYBODY,
    "help-edit": _only(Permission.MANAGE_STAFF),
    # Words not sent: one's own, and nobody else's
    "drafts": SIGNED_IN,
    "notices-seen": SIGNED_IN,
    "draft-keep": SIGNED_IN,
    "document": CIRCLE,
    # The desk and searching
    "desk": SIGNED_IN,
    "search": _only(Permission.READ_RECORDS),
    "help-search": SIGNED_IN,
    # Records
    "caseload": Access(Who.MANAGERS, others=403),
    "caseload-csv": Access(Who.MANAGERS, others=403),
    "caseload-due-csv": Access(Who.MANAGERS, others=403),
    "caseload-worker": Access(Who.MANAGERS, others=403),
    "caseload-record": Access(Who.MANAGERS, others=403),
    "record": KNOWN,
    "record-chronology": KNOWN,
    "record-print": KNOWN,
    "record-involved": KNOWN,
    "record-links": KNOWN,
    "record-contexts": KNOWN,
    "record-missing": KNOWN,
    "record-looked": Access(Who.CIRCLE_OR_AUDITOR),
    "break-glass": KNOWN,
    "what-matters": WRITES_ON_RECORD,
    "shared-place": WRITES_ON_RECORD,
    "assess": WRITES_ON_RECORD,
    "assessment": CIRCLE,
    "assessment-print": CIRCLE,
    "assessment-review": WRITES_ON_RECORD,
    "link-new": WRITES_ON_RECORD,
    "link-take-back": Access(Who.WRITER, Permission.WRITE_ENTRIES),
    "record-part": WRITES_ON_RECORD,
    "entry-significant": WRITES_ON_RECORD,
    "entry-dispute": WRITES_ON_RECORD,
    "entry-correct": Access(Who.WRITER, Permission.WRITE_ENTRIES),
    "wording": SIGNED_IN,
    "mentions": _only(Permission.WRITE_ENTRIES),
    "mentions-named": _only(Permission.WRITE_ENTRIES),
    "entry-new": _only(Permission.WRITE_ENTRIES),
    "group-new": _only(Permission.WRITE_ENTRIES),
    "place-new": _only(Permission.WRITE_ENTRIES),
    # Records that may be one person
    "matches": _only(Permission.REVIEW_MATCHES),
    "match": _only(Permission.REVIEW_MATCHES),
    "parting": _only(Permission.REVIEW_MATCHES),
    "judgements": _only(Permission.REVIEW_MATCHES),
    "judgement-withdraw": _only(Permission.REVIEW_MATCHES),
    # Checks between agencies
    "contact-checks": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "contact-checks-ask": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "contact-checks-picture": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "check-chase": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "check-withdraw": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "checks-asked": SIGNED_IN,
    "check-answer": Access(Who.CHECKED, others=404),
    "check-link": ANYBODY,  # who holds the link: names show only after a code from the agency's own mailbox
    "check-link-keep": ANYBODY,
    "attendance": SIGNED_IN,
    "front-door-review": _only(Permission.DECIDE_CONTACTS),
    "front-door-mail": _only(Permission.DECIDE_CONTACTS),
    "front-door-letter": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    "front-door-volumes": _only(Permission.DECIDE_CONTACTS),
    "front-door-volumes-csv": _only(Permission.DECIDE_CONTACTS),
    "advice": _only(Permission.DECIDE_CONTACTS),
    "advice-new": _only(Permission.DECIDE_CONTACTS),
    "consultation": Access(Who.ASKERS, Permission.DECIDE_CONTACTS),
    # Intelligence
    "intelligence-new": _only(Permission.GIVE_INTELLIGENCE),
    "intelligence-mine": _only(Permission.GIVE_INTELLIGENCE),
    "intelligence-received": _only(Permission.GIVE_INTELLIGENCE),
    "intelligence-use": Access(Who.RECEIVERS, Permission.GIVE_INTELLIGENCE),
    "intelligence": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-report": GRADES,
    "intelligence-version": GRADES,
    "intelligence-decide": GRADES,
    "intelligence-pass-on": GRADES,
    "intelligence-close": GRADES,
    "intelligence-join": GRADES,
    "intelligence-named": GRADES,
    "intelligence-export-csv": GRADES,
    "intelligence-export-xml": GRADES,
    "intelligence-bookings": _only(Permission.GRADE_INTELLIGENCE),
    "booking-other-booker": GRADES,
    "intelligence-flags": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-flag-new": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-flag": GRADES,
    "intelligence-volumes": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-volumes-csv": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-sources": _only(Permission.GRADE_INTELLIGENCE),
    "intelligence-source": Access(Who.SOURCE_UNIT, Permission.GRADE_INTELLIGENCE),
    "record-intelligence": CIRCLE,
    # Contexts weighed, and what is changed in them
    "contexts-mine": _only(Permission.READ_RECORDS),
    "weighing-begin": WRITES_ON_RECORD,
    "weighing": CIRCLE,
    "weighing-family": CIRCLE,
    "weighing-sign": WRITES_ON_RECORD,
    "weighing-shared": WRITES_ON_RECORD,
    "weighing-discard": WRITES_ON_RECORD,
    "weighing-context-new": WRITES_ON_RECORD,
    "weighing-context": WRITES_ON_RECORD,
    "weighing-context-out": WRITES_ON_RECORD,
    "context-change-there": WRITES_ON_RECORD,
    "context-change-new": WRITES_ON_RECORD,
    "context-change": CIRCLE,
    "context-change-pathway": WRITES_ON_RECORD,
    # Work on a path
    "work": CIRCLE,
    "work-allocate": WRITES_ON_RECORD,
    # The front door
    "front-door": _only(Permission.DECIDE_CONTACTS),
    "contact-new": _only(Permission.WRITE_ENTRIES),
    "contact": IN_QUEUE,
    "contact-take": IN_QUEUE,
    "contact-intelligence": IN_QUEUE,
    "contact-named": IN_QUEUE,
    "contact-newcomer": IN_QUEUE,
    "contact-reply": IN_QUEUE,
    "contact-split": IN_QUEUE,
    "contact-join": IN_QUEUE,
    "contact-undo": IN_QUEUE,
    # Critical moments, and who is on call for them
    "on-call": _only(Permission.SEE_HEADLINES),
    "on-call-shift-new": Access(Who.RESPONDERS, others=403),
    "on-call-shift-offer": Access(Who.RESPONDERS, others=403),
    "on-call-shift-off": Access(Who.RESPONDERS, others=403),
    "on-call-swap-take": Access(Who.RESPONDERS, others=403),
    "on-call-swap-undo": Access(Who.RESPONDERS, others=403),
    "on-call-handover": Access(Who.ON_CALL, others=403),
    "on-call-handover-take": Access(Who.ON_CALL, others=403),
    "on-call-calendar": Access(Who.ON_CALL, others=403),
    "moment-new": _only(Permission.WRITE_ENTRIES),
    "moments-mine": _only(Permission.WRITE_ENTRIES),
    "moments": Access(Who.RESPONDERS, others=403),
    "moments-csv": Access(Who.RESPONDERS, others=403),
    "moments-rules": Access(Who.RESPONDERS, others=403),
    "moments-alerts": Access(Who.MANAGERS, others=403),
    "moments-offers": Access(Who.RESPONDERS, others=403),
    "moments-offers-csv": Access(Who.RESPONDERS, others=403),
    "champions": _only(Permission.SEE_HEADLINES),
    "champion-new": _only(Permission.WRITE_ENTRIES),
    "champion-renew": _only(Permission.WRITE_ENTRIES),
    "champion-end": _only(Permission.WRITE_ENTRIES),
    "moment": Access(Who.MOMENT),
    "moment-match": Access(Who.ANSWERERS),
    "on-call-feed": ANYBODY,  # who holds the address: it says when somebody is on call, and names nobody
    # Missing children in figures
    "missing-year": Access(Who.COUNTS_MISSING, others=403),
    "missing-year-months": Access(Who.COUNTS_MISSING, others=403),
    "missing-year-csv": Access(Who.COUNTS_MISSING, others=403),
    "missing-year-xlsx": Access(Who.COUNTS_MISSING, others=403),
    "missing-year-rows": Access(Who.FOLLOWS_MISSING, others=403),
    # Missing children: the board, reporting, one absence
    "missing": Access(Who.MISSING_DESK, others=403),
    "missing-rows": Access(Who.MISSING_DESK, others=403),
    "missing-mail": Access(Who.MISSING_DESK, others=403),
    "missing-letter": Access(Who.MISSING_DESK, others=403),
    "missing-letter-report": Access(Who.MISSING_DESK, others=403),
    "missing-letter-new": Access(Who.MISSING_DESK, others=403),
    "missing-letter-back": Access(Who.MISSING_DESK, others=403),
    "missing-letter-settle": Access(Who.MISSING_DESK, others=403),
    "missing-report": _only(Permission.WRITE_ENTRIES),
    "missing-report-new": _only(Permission.WRITE_ENTRIES),
    "missing-report-child": Access(Who.KNOWN, Permission.WRITE_ENTRIES),
    "missing-episode": Access(Who.ABSENCE),
    "missing-update": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-grade": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-back": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-correct": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-meeting": Access(Who.CIRCLE, Permission.WRITE_ENTRIES),
    "missing-in-error": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-apart": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    "missing-together": Access(Who.ABSENCE, Permission.WRITE_ENTRIES),
    # Children's profiles
    "missing-profiles": _only(Permission.READ_RECORDS),
    "missing-profile": Access(Who.KEEPERS),  # and, only while the child is missing, those who search
    "missing-profile-edit": Access(Who.KEEPERS),
    "missing-profile-true": Access(Who.KEEPERS),
    "missing-profile-today": Access(Who.KEEPERS),
    "missing-profile-back": Access(Who.KEEPERS),
    "missing-profile-keepers": Access(Who.KEEPERS),
    "missing-profile-end": Access(Who.KEEPERS),
    "missing-profile-triggers": Access(Who.KEEPERS),
    "record-profile": CIRCLE,
    "record-triggers": CIRCLE,
    # Patterns in absences
    "missing-patterns": Access(Who.MISSING_DESK, others=403),
    "missing-patterns-csv": Access(Who.MISSING_DESK, others=403),
    "missing-patterns-rows": Access(Who.MISSING_DESK, others=403),
    "missing-pattern-together": Access(Who.TALKERS, others=403),
    "record-pattern": CIRCLE,
    # Those who miss school and are harmed or missing, of records that are open
    "missing-school": _only(Permission.READ_RECORDS),
    "missing-school-csv": _only(Permission.READ_RECORDS),
    # What a home does first, and what home and police agree each month
    "missing-searches": Access(Who.HOMES, others=403),
    "missing-search-new": Access(Who.HOMES, others=403),
    "missing-search": Access(Who.HOMES),  # and, once the child is reported, the missing desk
    "missing-search-step": Access(Who.HOMES, others=403),
    "missing-search-end": Access(Who.HOMES, others=403),
    "missing-reviews": Access(Who.HOME_REVIEWS, others=403),
    "missing-review": Access(Who.HOME_REVIEWS, others=403),
    "missing-review-new": Access(Who.HOME_REVIEWS, others=403),
    "missing-review-action": Access(Who.HOME_REVIEWS, others=403),
    # Conversations with children who are back, and what parents are asked
    "talks": TALKS_ONLY,
    "talks-csv": TALKS_ONLY,
    "talk": Access(Who.TALK),
    "talk-step": TALKS_ONLY,
    "talk-talker": TALKS_ONLY,
    "talk-cover": TALKS_ONLY,
    "talk-write": TALKS_ONLY,
    "talk-alone": TALKS_ONLY,
    "talk-told": TALKS_ONLY,
    "talk-follow-up": Access(Who.OF_THE_CHILD),
    "follow-ups": TALKS_ONLY,
    "follow-up": Access(Who.OF_THE_CHILD),
    "private-letters": ANYBODY,
    "private": ANYBODY,  # who holds the address; nothing there names anybody
    # Networks
    "networks": _only(Permission.READ_RECORDS),
    "network-new": _only(Permission.READ_RECORDS),
    "network-whole": ANALYSTS,
    "network": Access(Who.ASKED_FOR_IT),
    "network-link": Access(Who.ASKED_FOR_IT),
    "network-compare": Access(Who.ASKED_FOR_IT),
    "network-file": Access(Who.ASKED_FOR_IT),
    "network-keep": Access(Who.ASKED_FOR_IT),
    "network-snapshot": Access(Who.ASKED_FOR_IT),
    "suggestions": _only(Permission.WRITE_ENTRIES),
    "suggestion": WRITES_ON_RECORD,
    # Feeds
    "feeds": _only(Permission.SEE_FEEDS),
    "feed": _only(Permission.SEE_FEEDS),
    "delivery": _only(Permission.SEE_FEEDS),
    "delivery-rejects": _only(Permission.REVIEW_MATCHES),
    "refused-calls": _only(Permission.REVIEW_MATCHES),
    "refused-call": _only(Permission.REVIEW_MATCHES),
    "refused-call-aside": _only(Permission.REVIEW_MATCHES),
    # What other agencies' own systems call
    "api-openapi": ANYBODY,
    "api-missing": Access(Who.SYSTEMS, others=401),
    "api-missing-number": Access(Who.SYSTEMS, others=401),
    "api-missing-return": Access(Who.SYSTEMS, others=401),
    "missing-unmatched": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    "missing-unmatched-one": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    "missing-unmatched-child": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    "missing-unmatched-new": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    "missing-unmatched-aside": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    "missing-unmatched-undo": Access(Who.MISSING_DESK, Permission.WRITE_ENTRIES, others=403),
    # Governance
    "break-glass-reviews": _only(Permission.REVIEW_BREAK_GLASS),
    "break-glass-review": _only(Permission.REVIEW_BREAK_GLASS),
    "audit": _only(Permission.AUDIT),
    "audit-export": _only(Permission.AUDIT),
    "staff": _only(Permission.MANAGE_STAFF),
    "staff-new": _only(Permission.MANAGE_STAFF),
    "staff-member": _only(Permission.MANAGE_STAFF),
    "staff-end": _only(Permission.MANAGE_STAFF),
    "staff-bring-back": _only(Permission.MANAGE_STAFF),
    # Figures
    "insight": SEES_FIGURES,
    "rules": SEES_FIGURES,
    "rules-csv": SEES_FIGURES,
    "rule": SEES_FIGURES,
    "rule-record": SEES_FIGURES,
    "insight-dashboard": SEES_FIGURES,
    "insight-scorecard": SEES_FIGURES,
    "insight-scorecard-csv": SEES_FIGURES,
    "insight-measure": SEES_FIGURES,
    "insight-measure-csv": SEES_FIGURES,
    "insight-measure-rows": ANALYSTS,
    "insight-disproportion": SEES_FIGURES,
    "insight-disproportion-csv": SEES_FIGURES,
    "insight-timeliness": SEES_FIGURES,
    "insight-timeliness-csv": SEES_FIGURES,
    "insight-capacity": SEES_FIGURES,
    "insight-capacity-csv": SEES_FIGURES,
    "insight-quality": SEES_FIGURES,
    "insight-quality-csv": SEES_FIGURES,
    "insight-cuts": SEES_FIGURES,
    "insight-places": ANALYSTS,
    "insight-places-map": ANALYSTS,
    "insight-places-live": SEES_FIGURES,
    "insight-places-live-csv": SEES_FIGURES,
    "insight-travel": SEES_FIGURES,
    "insight-travel-csv": SEES_FIGURES,
    "insight-places-area": ANALYSTS,
    "insight-places-tile": ANALYSTS,
    "insight-places-file": ANALYSTS,
    "insight-places-change": SEES_FIGURES,
    # Case audits: how well one child was helped. The record of who looked is "audit".
    "case-audits": SEES_FIGURES,
    "case-audits-draw": Access(Who.MANAGERS, others=403),
    "case-audits-meeting": Access(Who.MANAGERS, others=403),
    "case-audits-learning": SEES_FIGURES,
    "case-audits-learning-csv": SEES_FIGURES,
    "case-audits-learning-new": Access(Who.MANAGERS, others=403),
    "case-audit-learned": SEES_FIGURES,
    "case-audits-groups": SEES_FIGURES,
    "case-audits-group-new": Access(Who.MANAGERS, others=403),
    "case-audit-group": SEES_FIGURES,
    "case-audit-group-calendar": SEES_FIGURES,
    "case-audit-group-meeting": Access(Who.MANAGERS, others=403),
    "case-audit-group-end": Access(Who.MANAGERS, others=403),
    "case-audits-templates": SEES_FIGURES,
    "case-audit-template": SEES_FIGURES,
    "case-audit-template-blank": SEES_FIGURES,
    "case-audit-template-edit": Access(Who.MANAGERS, others=403),
    "case-audits-rhythm": Access(Who.MANAGERS, others=403),
    "case-audits-in-time-csv": SEES_FIGURES,
    "case-audit-learned-read": SEES_FIGURES,
    "case-audit-learned-changed": Access(Who.MANAGERS, others=403),
    "case-audits-library": SEES_FIGURES,
    "case-audits-library-csv": SEES_FIGURES,
    "case-audit-withdraw": Access(Who.HANDED_IN, Permission.WRITE_ENTRIES, others=403),
    "case-audits-hand-in": Access(Who.SEES_FIGURES, Permission.WRITE_ENTRIES, others=403),
    "case-audit-submission": SEES_FIGURES,
    "case-audits-mine": _only(Permission.READ_RECORDS),
    "case-audit-action": Access(Who.CASE_ACTION, Permission.READ_RECORDS),
    "case-audit": Access(Who.CIRCLE, Permission.READ_RECORDS),
    "case-audit-open": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    "case-audit-today": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    "case-audit-questions": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    "case-audit-complete": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    "case-audit-reflect": Access(Who.AUDITED, Permission.READ_RECORDS),
    "case-audit-action-new": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    "case-audit-again": Access(Who.CASE_AUDITOR, Permission.READ_RECORDS),
    # Problem profiles
    "problem-profiles": SEES_FIGURES,
    "problem-profile-new": ANALYSTS,
    "problem-profile-once": Access(Who.ANALYSTS, Permission.SEE_FIGURES),  # others: not there until it is signed off
    "problem-profile-once-part": Access(Who.ANALYSTS, Permission.SEE_FIGURES),
    # Reports
    "reports": SEES_FIGURES,
    "report-new": WRITES_REPORTS,
    "report-new-of": WRITES_REPORTS,
    "report": Access(Who.WRITES_REPORTS, Permission.SEE_FIGURES),  # others: not there until it is signed off
    "report-section": WRITES_REPORTS,
    "report-step-new": WRITES_REPORTS,
    "report-step": WRITES_REPORTS,
    "report-sign": WRITES_REPORTS,
    "report-file": Access(Who.WRITES_REPORTS, Permission.SEE_FIGURES),
    "report-carry": WRITES_REPORTS,
    "report-send": WRITES_REPORTS,
    "report-recipients": WRITES_REPORTS,
    # Ratings reviewed at meetings
    "reviews": SEES_FIGURES,
    "review-new": WRITES_REPORTS,
    "review": Access(Who.SEES_FIGURES, Permission.SEE_FIGURES),
    "review-write": WRITES_REPORTS,
    "rating": Access(Who.SEES_FIGURES, Permission.SEE_FIGURES),
}
