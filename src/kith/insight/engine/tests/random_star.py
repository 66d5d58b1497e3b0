"""Random rows of a star, dense where counting goes wrong: ends of months, a year apart to the day, told twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]
FIRST, DAYS = date(2023, 9, 1), 1175  # to 19 November 2026
EXPLOITED = ("sexual exploitation", "criminal exploitation", "county lines")
OFFENCES = (
    "Robbery of personal property", "Assault with injury", "Assault without injury", "Threats",
    "Racially aggravated assault", "Possession of a blade", "Possession of cannabis", "Shop theft", "Sexual assault",
    "Rape", "Sexual activity with a child", "Meeting a child after grooming", "Exposure", "Cruelty to a child",
    "Taking indecent images of a child", "Neglect of a child",
)  # fmt: skip
ENDED = ("", "charged or summonsed", "found guilty", "not found guilty", "the person harmed could not go on", "caution")
HARMS = (*EXPLOITED, "harm online", "going missing", "radicalisation")
FACTORS = (
    "domestic abuse (parent)", "neglect", "alcohol (parent)", "physical abuse by a child", "sexual abuse by an adult",
    "self-harm", "mental health (child)", "physical abuse", "emotional abuse", "sexual abuse by a child", "gangs",
    "abuse linked to faith or belief",
)  # fmt: skip
KINDS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "crime-victim": (OFFENCES, ENDED),
    "crime-suspect": (OFFENCES, ("",)),
    "custody": (("Threats",), ("", "charged", "diverted", "no further action", "bailed")),
    "stop-search": (("Drugs", "Weapon", "Stolen goods"), ("", "No further action", "Arrest")),
    "court-date": (("plea hearing",), ("",)),
    "outside-home-contact": (HARMS, ("", "Social worker", "Early help", "Advice given", "No further action")),
    "exploitation-flag": (("sexual exploitation", "criminal exploitation"), ("Planned",)),
    "nrm-referral": (("sexual exploitation", "criminal exploitation"), ("",)),
    "nrm-decision": (("conclusive grounds", "reasonable grounds"), ("", "Positive", "Negative", "Withdrawn")),
    "household-incident": (("",), ("High", "Standard")),
    "homelessness": (("Domestic abuse",), ("",)),
    "partner-report": (("sexual exploitation",), ("",)),
    "contact": (("",), ("", "referral to children's social care", "early help", "no further action")),
    "referral": (("abuse or neglect",), ("assessment",)),
    "assessment": (("",), ("",)),
    "assessment-factors": (FACTORS, ("",)),
    "section-47": (("",), ("",)),
    "child-protection-conference": (("",), ("",)),
    "child-protection-plan": (("", "Neglect", "neglect", "Physical abuse"), ("",)),
    "child-protection-visit": (("",), ("", "seen", "not seen")),
    "child-in-need-visit": (("",), ("", "seen", "not seen")),
    "care-visit": (("",), ("", "seen", "not seen")),
    "care-started": (("abuse or neglect",), ("",)),
    "care-review": (("",), ("",)),
    "supervision": (("",), ("", "recorded", "not recorded")),
    "early-help": (("Family support",), ("",)),
    "suspension": (("Bullying",), ("",)),
    "exclusion": (("Damage",), ("",)),
    "missing-education": (("",), ("",)),
    "home-education": (("",), ("",)),
    "low-attendance": (("",), ("",)),
    "hospital-attendance": (("Assault", "Self-harm", "Sport"), ("",)),
    "mental-health-referral": (("Anxiety",), ("",)),
    "mental-health-first-seen": (("",), ("",)),
    "specialist-support": (("sexual exploitation",), ("",)),
    "mentor": (("",), ("",)),
    "youth-session": (("Music",), ("yes", "no")),
}
APART = (0, 1, 20, 21, 22, 41, 42, 43, 60, 61, 63, 64, 91, 92, 181, 182, 183, 364, 365, 366, 1094, 1095)


@dataclass
class Lot:
    """Draws; `days` are those already used, so that others fall on them or a telling number of days from them."""

    random: Random
    days: list[date]

    def day(self) -> date:
        kind = self.random.random()
        if kind < 0.4 and self.days:
            apart = self.random.choice(APART) * self.random.choice((1, 1, -1))
            day = self.random.choice(self.days) + timedelta(days=apart)
        elif kind < 0.6:
            month = self.random.randrange(37)
            first = date(2023 + (8 + month) // 12, (8 + month) % 12 + 1, 1)
            day = first - timedelta(days=self.random.choice((0, 0, 1)))
        else:
            day = FIRST + timedelta(days=self.random.randrange(DAYS))
        day = min(max(day, FIRST), FIRST + timedelta(days=DAYS))
        self.days = [*self.days[-12:], day]
        return day

    def maybe(self, value: Any, chance: float = 0.5) -> Any:
        return value if self.random.random() < chance else None

    def day_after(self, day: date) -> date:
        return day + timedelta(days=self.random.choice((0, 1, 30, 61, 62, 63, 64, 120)))


def star_of_chance(seed: int, events: int = 900) -> dict[str, list[Row]]:
    """Tables of a star as rows; columns that a row leaves out are blank or not known."""
    lot = Lot(Random(seed), [])
    people, births = _people(lot)
    children = [*people, "str"]  # who is not among the people
    spells = [_spell(lot, children) for _ in range(60)]
    rows = [_event(lot, n, children, births) for n in range(1, events + 1)]
    rows += [{**_event(lot, events + n, children, births), **visit} for n, visit in enumerate(_visits(lot, spells), 1)]
    return {
        "people": list(people.values()),
        "events": sorted(rows, key=lambda row: (row["day"], row["event"])),
        "spells": spells,
        **_absences(lot, children),
        "contacts": [{"contact": n, "day": lot.day(), "decided_hours": lot.maybe(lot.random.choice((3.0, 24.0, 24.5))),
                      "agency": lot.random.choice(("", "school"))} for n in range(1, 40)],
        "checks": [{"question": n, "agency": "police", "asked": (day := lot.day()), "due": lot.day_after(day),
                    "in_time": lot.random.random() < 0.5} for n in range(1, 40)],
        "moments": [{"moment": n, "child": lot.random.choice([*children, ""]), "day": lot.day(),
                     "in_time": lot.random.choice((True, False, None)),
                     "set_aside": lot.random.choice(("", "known"))} for n in range(1, 40)],
        "intelligence": [{"report": n, "day": lot.day(), "agency": "school"} for n in range(1, 20)],
        "weighings": [{"weighing": n, "child": lot.random.choice(children), "day": lot.day(),
                       **{c: lot.random.random() < 0.3 for c in ("home", "peers", "school", "places", "online")}}
                      for n in range(1, 50)],
        "changes": [{"change": n, "due": lot.day(), "in_time": lot.random.random() < 0.5} for n in range(1, 40)],
        "links": [{"evidence": n, "a": lot.random.choice(children), "b": lot.random.choice(children),
                   "kind": lot.random.choice(("household", "parent-of", "seen-with"))} for n in range(1, 12)],
    }  # fmt: skip


def _people(lot: Lot) -> tuple[dict[str, Row], dict[str, date | None]]:
    found: dict[str, Row] = {}
    births: dict[str, date | None] = {}
    for number in range(14):
        child = f"c{number:02d}"
        born = lot.maybe(date(lot.random.randrange(2004, 2017), lot.random.randrange(1, 13), 15), 0.85)
        births[child] = born
        found[child] = {
            "child": child, "is_child": True, "born": born.replace(day=1) if born else None,
            "sex": lot.random.choice(("F", "M", "", "U")), "ethnicity": lot.random.choice(("white", "black", "", None)),
            "locality": lot.random.choice(("North", "South", "")), "fifth": lot.random.choice(("1", "5", "")),
        }  # fmt: skip
    return found, births


def _event(lot: Lot, number: int, children: list[str], births: dict[str, date | None]) -> Row:
    kind = lot.random.choice(list(KINDS))
    whats, outcomes = KINDS[kind]
    day, child = lot.day(), lot.random.choice([*children, ""] if lot.random.random() < 0.3 else children)
    born = births.get(child)
    what = "; ".join(sorted(lot.random.sample(whats, 2))) if kind == "assessment-factors" else lot.random.choice(whats)
    other = lot.maybe(lot.day_after(day) if lot.random.random() < 0.95 else day - timedelta(days=3))
    return {
        "event": number, "child": child, "kind": kind, "what": what, "day": day, "outcome": lot.random.choice(outcomes),
        "is_child": child != "" and (born is None or day < born.replace(year=born.year + 18)),
        "marked": lot.random.choice(("", "", "domestic abuse", "a crime")), "again": lot.random.random() < 0.1,
        "minute": lot.random.choice((None, 0, 61)), "until": lot.maybe(lot.day_after(day)),
        "due": lot.maybe(day + timedelta(days=lot.random.choice((-1, 0, 1)))), "other": other,
        "other_days": (other - day).days if other else None, "agency": lot.random.choice(("police", "school", "")),
        "source": lot.random.choice(("a school", "")), "amount": lot.random.choice(("", "", "0", "2")),
        "place": lot.random.choice(("", "p1")), "feed": "f", "part": "child",
    }  # fmt: skip


def _spell(lot: Lot, children: list[str]) -> Row:
    began = lot.day()
    kind = lot.random.choice(("in-care", "protection-plan", "child-in-need", "education-plan", "care-leaver"))
    ended = lot.maybe(min(began + timedelta(days=lot.random.randrange(500)), FIRST + timedelta(days=DAYS)))
    return {"child": lot.random.choice(children), "kind": kind, "began": began, "ended": ended}


VISITED = {"in-care": "care-visit", "protection-plan": "child-protection-visit", "child-in-need": "child-in-need-visit"}


def _visits(lot: Lot, spells: list[Row]) -> list[Row]:
    """Visits around the beginning of each stay, three or six weeks apart or nearly."""
    found = []
    for spell in spells:
        day = spell["began"] - timedelta(days=5)
        for _ in range(4 if spell["kind"] in VISITED else 0):
            day += timedelta(days=lot.random.choice((0, 5, 20, 21, 22, 41, 42, 43)))
            told = {"kind": VISITED[spell["kind"]], "child": spell["child"], "day": day, "what": ""}
            found.append({**told, "again": False, "is_child": True, "other": None, "other_days": None})
    return found


def _absences(lot: Lot, children: list[str]) -> dict[str, list[Row]]:
    absences, accounts, conversations = [], [], []
    for number in range(1, 140):
        day, child = lot.day(), lot.random.choice(children)
        kind = lot.random.choice(("missing", "missing", "missing", "away"))
        gone = datetime(day.year, day.month, day.day, lot.random.choice((0, 12, 23)))
        hours = lot.random.choice((0.5, 1.0, 12.0, 30.0))
        back = lot.maybe(gone + timedelta(hours=hours), 0.85)
        absences.append({"absence": number, "child": child, "kind": kind, "day": day, "gone": gone, "back": back,
                         "hours": hours if back else None, "grade": lot.random.choice(("high", "low", "")),
                         "consider_high": lot.random.random() < 0.5})  # fmt: skip
        for of in range(lot.random.choice((1, 1, 2))):
            accounts.append({"account": 3 * number + of, "absence": number, "child": child, "kind": kind, "day": day,
                             "agency_kind": lot.random.choice(("police", "social care", "children's home")),
                             "missing_from": lot.random.choice(("home", "foster-home", "childrens-home",
                                                                "supported", ""))})  # fmt: skip
        if back and lot.random.random() < 0.8:
            held = lot.maybe(lot.random.choice((-2.0, 0.0, 72.0, 72.0003, 90.0)), 0.6)
            conversations.append({
                "conversation": number, "absence": number, "child": child, "kind": kind, "back": back,
                "day": back.date(), "offered": lot.maybe(back, 0.8), "declined": lot.maybe(back, 0.4),
                "held": None if held is None else back + timedelta(hours=held), "held_hours": held,
            })  # fmt: skip
    return {"absences": absences, "accounts": accounts, "conversations": conversations}
