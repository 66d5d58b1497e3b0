"""What the record of who looked says in words, and what counts as out of hours."""

from __future__ import annotations

from datetime import date, timedelta

from kith.foundations.clocks import bank_holidays

WORK_BEGINS, WORK_ENDS = 8, 18  # the hours in which most services are open, Monday to Friday
LINES_A_PAGE = 50
MOST_EXPORTED = 50_000

ACTIONS: dict[str, str] = {
    "add-link": "Added a link",
    "add-staff": "Added a member of staff",
    "answer-check": "Answered a question of the front door",
    "ask-check": "Asked an agency what it knows",
    "ask-to-part": "Asked to part records",
    "break-glass": "Broke the glass",
    "bring-back-staff": "Brought a member of staff back",
    "change-staff": "Changed a member of staff",
    "chase-check": "Reminded an agency of a question",
    "correct-entry": "Corrected an entry",
    "create-group": "Opened a record for a group",
    "create-place": "Opened a record for a place",
    "deactivate-staff": "Ended a member of staff’s access",
    "decide-parting": "Decided whether to part records",
    "dispute-entry": "Wrote that an entry is disputed",
    "download-rejects": "Took rejected rows away as a file",
    "end-link": "Took a link back",
    "end-opening": "Closed a circle",
    "error": "A page failed",
    "export-audit": "Took the record of who looked away as a file",
    "export-missing-year": "Took the year of missing children away",
    "export-volumes": "Took the front door’s volumes away as a file",
    "judge-match": "Decided whether records are one person",
    "keep-document": "Kept a file that was sent",
    "keep-email": "Kept an email that is no contact",
    "list-judgements": "Saw what has been decided about records",
    "list-matches": "Saw the matches to decide",
    "load-delivery": "Loaded an agency’s file",
    "log-consultation": "Logged a call to the advice line",
    "mark-significant": "Marked an entry as significant",
    "open-check-link": "Opened a question by its secure link",
    "open-circle": "Opened a circle",
    "oversee-consultation": "Signed what was advised, as manager",
    "print-record": "Printed the record",
    "read-audit": "Read the record of who looked",
    "read-check": "Read a question of the front door",
    "read-checks": "Read what agencies were asked and answered",
    "read-checks-asked": "Saw what the front door asks of their agency",
    "read-checks-picture": "Read every agency’s answers side by side",
    "read-consultation": "Read a call to the advice line",
    "read-consultations": "Saw the calls to the advice line",
    "read-desk": "Saw it on their desk",
    "read-document": "Took a file away that was sent",
    "read-glass": "Read why the glass was broken",
    "read-headline": "Saw that they are known and whom to ring",
    "read-letter": "Took an email away as it came",
    "read-mail": "Saw the emails that are no contact",
    "read-match": "Compared records",
    "read-missing-year": "Read how many children were missing in a year",
    "read-record": "Read the record",
    "read-rejects": "Read rows that an agency has to mend",
    "read-review-pack": "Read the fortnight’s figures of the hub",
    "read-staff": "Looked at a member of staff’s access",
    "read-volumes": "Read the front door’s volumes",
    "read-who-looked": "Saw who looked",
    "refused": "Asked for a page that is not there for them",
    "review-break-glass": "Reviewed a broken glass",
    "ring-back": "Rang somebody back",
    "say-presence": "Said whether an agency is in the hub",
    "search": "Saw them among search results",
    "sign-in": "Signed in",
    "sign-in-failed": "Failed to sign in",
    "unmark-significant": "Took back that an entry is significant",
    "what-matters-now": "Said what matters now",
    "withdraw-check": "Withdrew a question from an agency",
    "withdraw-judgement": "Took back a decision about records",
    "write-entry": "Wrote an entry",
}
LOOKS = ("read-record", "print-record", "read-headline")  # looking at one record


def action_in_words(action: str) -> str:
    """What somebody did, in words."""
    return ACTIONS.get(action, action.replace("-", " ").capitalize())


def holidays_between(first: date, last: date) -> list[date]:
    """England's bank holidays from one day to another, both included."""
    years = range(first.year, last.year + 1)
    return sorted(day for year in years for day in bank_holidays(year) if first <= day <= last)


def days_back(today: date, days: int) -> date:
    """So many days before today."""
    return today - timedelta(days=days)
