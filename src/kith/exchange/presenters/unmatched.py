"""Reports by other systems in words, for the missing desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kith.exchange.bodies import kept_report, kept_return
from kith.exchange.models import SentReport
from kith.foundations.design_system import words
from kith.missing.presenters.board import day_or_time, grade_words
from kith.missing.presenters.episode import Line, kind_words
from kith.missing.rules.codes import title

OF_THE_CHILD = {
    "first_name": "First name",
    "last_name": "Last name",
    "known_as": "Known as",
    "date_of_birth": "Date of birth",
    "nhs_number": "NHS number",
    "address": "Where they live",
    "postcode": "Postcode",
}
OF_THE_ABSENCE = {
    "last_seen_at_place": "Where they were last seen",
    "circumstances": "What happened",
    "clothing": "What they wear",
    "carries": "What they have with them",
    "likely_places": "Where they may be",
    "companions": "Who they may be with",
    "told_by": "Who reports it",
}


@dataclass(frozen=True)
class RowShown:
    """One report in the list: no name, for the list may be read over a shoulder."""

    report_id: int
    heading: str
    initials: str
    sent: str
    last_seen: str
    why: str
    became: str


@dataclass(frozen=True)
class ReportShown:
    """One report, whole."""

    report_id: int
    heading: str
    why: str
    became: str
    waits: bool
    episode_id: int | None
    reference: str
    child: tuple[Line, ...]
    absence: tuple[Line, ...]
    back: tuple[Line, ...]
    back_waits: bool


def show_row(report: SentReport, now: datetime) -> RowShown:
    """A line of the list."""
    told = kept_report(report.told, report.sent_at)
    return RowShown(
        report_id=report.pk,
        heading=_heading(report, told),
        initials=words.initials(name_in(told)),
        sent=words.moment(report.sent_at, now),
        last_seen=_last_seen(told, now),
        why=report.why_not,
        became=_became(report, now),
    )


def show_report(report: SentReport, now: datetime) -> ReportShown:
    """The page of one."""
    told = kept_report(report.told, report.sent_at)
    account = report.account
    return ReportShown(
        report_id=report.pk,
        heading=_heading(report, told),
        why=report.why_not,
        became=_became(report, now),
        waits=account is None and not report.set_aside_because,
        episode_id=account.episode_id if account else None,
        reference=account.episode.reference if account else "",
        child=tuple(_lines(OF_THE_CHILD, _readable(told["child"]))),
        absence=tuple(_absence(report, told, now)),
        back=tuple(_back(report, now)),
        back_waits=report.back is not None and not report.back_stands,
    )


def name_in(told: dict[str, Any]) -> str:
    """The child's name as it was sent."""
    child = told["child"]
    return " ".join(part for part in (child.get("first_name", ""), child.get("last_name", "")) if part)


def typed_for(report: SentReport) -> dict[str, str]:
    """What somebody would type to look for the child."""
    told = kept_report(report.told, report.sent_at)
    child = told["child"]
    born = child.get("date_of_birth", "")
    year, month, day = born.split("-") if born else ("", "", "")
    typed = {"name": name_in(told)[:200], "nhs": child.get("nhs_number", "")}
    return typed | {"born-day": day, "born-month": month, "born-year": year}


def sought(report: SentReport) -> list[str]:
    """What is looked for by itself: by the number, then by name with the date of birth, its year, and nothing more."""
    told = kept_report(report.told, report.sent_at)
    name, born = name_in(told), told["child"].get("date_of_birth", "")
    tried = [told["child"].get("nhs_number", ""), *(f"{name} {part}".strip() for part in (born, born[:4], "") if name)]
    return list(dict.fromkeys(text for text in tried if text))


def _heading(report: SentReport, told: dict[str, Any]) -> str:
    return f"{kind_words(told['kind'])}: {report.agency.name}, {report.number}"


def _became(report: SentReport, now: datetime) -> str:
    who = report.decided_by.name if report.decided_by else "the rule: one certain child"
    when = words.moment(report.decided_at, now) if report.decided_at else ""
    if report.set_aside_because:
        return f"Set aside by {who}, {when}: {report.set_aside_because}"
    if report.account is None:
        return ""
    began = ", with a record begun for the child" if report.began_record else ""
    return f"Stands on absence {report.account.episode.reference}{began}, by {who}, {when}"


def _absence(report: SentReport, told: dict[str, Any], now: datetime) -> list[Line]:
    harms = ", ".join(title("harms", harm) for harm in told.get("harm_feared", ()))
    return [
        Line("Last seen", _last_seen(told, now)),
        *([Line("Missing from", title("missing_from", told["missing_from"]))] if "missing_from" in told else []),
        *([Line("Their grade", grade_words(told["grade"]))] if "grade" in told else []),
        *_lines(OF_THE_ABSENCE, told),
        *([Line("Harm feared", harms)] if harms else []),
        Line("Sent", words.day_and_time(report.sent_at)),
    ]


def _back(report: SentReport, now: datetime) -> list[Line]:
    if report.back is None or report.back_at is None:
        return []
    told = kept_return(report.back, now)
    said = {
        "Back": words.day_and_time(report.back_at),
        "Where they were found": told.get("found_at_place", ""),
        "How": title("found_by", told["found_by"]) if "found_by" in told else "",
        "Where they are now": title("returned_to", told["returned_to"]) if "returned_to" in told else "",
        "Harm seen": told.get("harm_seen", ""),
    }
    return [Line(label, value) for label, value in said.items() if value]


def _last_seen(told: dict[str, Any], now: datetime) -> str:
    at, is_day = told["last_seen_at"]
    return day_or_time(at, now, is_day=is_day)


def _readable(child: dict[str, str]) -> dict[str, str]:
    born, number = child.get("date_of_birth"), child.get("nhs_number")
    said = {"date_of_birth": words.short_day(datetime.fromisoformat(born).date())} if born else {}
    return child | said | ({"nhs_number": f"{number[:3]} {number[3:6]} {number[6:]}"} if number else {})


def _lines(labels: dict[str, str], told: dict[str, Any]) -> list[Line]:
    return [Line(label, told[name]) for name, label in labels.items() if told.get(name)]
