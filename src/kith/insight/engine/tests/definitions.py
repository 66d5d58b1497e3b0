"""What each measure says it counts, as plain Python: written from titles and definitions, not from their SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from kith.insight.engine.tests.oracle import Fact, Hand, Row, before, each, once
from kith.insight.engine.tests.random_star import EXPLOITED

Definition = Callable[[Hand], list[Fact]]
CCE, CSE = ("criminal exploitation", "county lines"), "sexual exploitation"
VIOLENCE = ("Robbery of personal property", "Assault with injury", "Assault without injury", "Threats",
            "Racially aggravated assault")  # fmt: skip
CSE_CRIME = ("Sexual activity with a child", "Meeting a child after grooming", "Sexual communication with a child",
             "Taking indecent images of a child", "Arranging child sexual exploitation",
             "Causing or inciting child sexual exploitation",
             "Controlling a child in relation to sexual exploitation")  # fmt: skip
SERIOUS = ("Rape", "Rape of a child under 16", "Rape of a child under 13", "Sexual assault",
           "Sexual assault of a child under 13", "Sexual activity with a child",
           "Causing or inciting a child to engage in sexual activity")  # fmt: skip
CRUELTY = ("Cruelty to a child", "Neglect of a child", "Cruelty to or neglect of a child")
SEXUAL = tuple({*CSE_CRIME, *SERIOUS, "Exposure"})
CHARGED = ("charged or summonsed", "found guilty", "not found guilty")
CARE = ("foster-home", "childrens-home", "supported")


def of_these(what: tuple[str, ...]) -> dict[str, Any]:
    """Only of these, where any are named."""
    return {"what": what} if what else {}


def contact(s: Hand, *what: str) -> list[Row]:
    """Contacts about a child and harm outside the home."""
    return s.events("outside-home-contact", **of_these(what))


def crime(s: Hand, what: tuple[str, ...], **wanted: Any) -> list[Row]:
    """Crimes with a child as victim that police do not mark as domestic abuse."""
    return [row for row in s.events("crime-victim", what=what, **wanted) if row["marked"] != "domestic abuse"]


def exploitation(s: Hand) -> list[Row]:
    return [*contact(s, *EXPLOITED), *s.events("exploitation-flag", "nrm-referral")]


def flag_stood(s: Hand, what: str) -> Callable[[Row], bool]:
    flags = s.events("exploitation-flag", what=what)
    return lambda row: any(
        flag["child"] == row["child"]
        and flag["day"] <= row["day"]
        and (not flag["until"] or flag["until"] > row["day"])
        for flag in flags
    )


def on_plan(s: Hand) -> Callable[[Row], bool]:
    return lambda row: any(
        one["began"] <= row["day"] and (one["ended"] is None or one["ended"] > row["day"])
        for one in s.spells("education-plan", row["child"])
    )


def standing(rows: Iterable[Row], s: Hand, began: str = "began", ended: str = "ended") -> list[Fact]:
    """Children for whom something stands open, until the month in which they turn 18."""
    found = []
    for row in rows:
        born = s.born.get(row["child"])
        grown = born.replace(year=born.year + 18) if born else None
        ends = [day for day in (row[ended], grown) if day]
        found.append(Fact(None, row["child"], row[began], ended=min(ends) if ends else None))
    return found


def back(s: Hand, step: str, *, without: str = "") -> list[Fact]:
    """Absences that have ended, by the day of return; met where the conversation took a step."""
    did = {row["absence"] for row in s.rows["conversations"] if row[step]}
    rows = [{**row, "day": row["back"].date()} for row in s.missing() if row["back"]]
    return each(rows, lambda row: row["absence"] in did, "absence")


def again_reported(rows: list[Row]) -> list[Fact]:
    """Each report after the first of a child, with the day of the one before."""
    found, last = [], dict[str, date]()
    for row in sorted(rows, key=lambda row: (row["day"], row["account"])):
        if row["child"] in last:
            found.append(Fact(None, row["child"], row["day"], since=last[row["child"]]))
        last[row["child"]] = row["day"]
    return found


def visits(s: Hand, kind: str, spell: str, days: int) -> list[Fact]:
    """Visits on a later day than another of the same stay; met where that was so many days ago or fewer."""
    found, last = [], dict[str, date]()
    for row in sorted(s.events(kind, child=False), key=lambda row: (row["day"], row["event"])):
        if not row["child"]:
            continue
        first = last.get(row["child"])
        last[row["child"]] = row["day"]
        if first is None or first == row["day"]:
            continue
        stays = s.spells(spell, row["child"])
        if any(one["began"] <= first and (one["ended"] is None or one["ended"] >= row["day"]) for one in stays):
            found.append(Fact(row["event"], row["child"], row["day"], (row["day"] - first).days <= days))
    return found


def adversity(s: Hand, what: str) -> list[Fact]:
    """Adversity at home; `what` of it is asked for: domestic abuse, hurt, or violence within a year."""
    hurt = ("neglect", "emotional abuse", "physical abuse", "physical abuse by an adult", "sexual abuse",
            "sexual abuse by an adult", "abuse linked to faith or belief")  # fmt: skip
    rows = [{**row, "domestic": True, "hurt": False} for row in s.events("household-incident")]
    for row in s.events("assessment-factors"):
        factors = row["what"].split("; ")
        domestic, harmed = any(f.startswith("domestic abuse") for f in factors), any(f in hurt for f in factors)
        if domestic or harmed or any(f.endswith("(parent)") for f in factors):
            rows.append({**row, "domestic": domestic, "hurt": harmed})
    harms = [*s.events("child-protection-plan"), *s.events("crime-victim", what=CRUELTY)]
    rows += [{**row, "domestic": False, "hurt": True} for row in harms]
    violent = [row for row in s.events("crime-victim", "crime-suspect", what=VIOLENCE)
               if row["marked"] != "domestic abuse"]  # fmt: skip
    near = before(violent, 365, 365)
    return once(rows, near if what == "violence" else lambda row: bool(row[what]))


def searched(s: Hand, what: str) -> list[Row]:
    """The signs of a search by rule, each a day of a child."""
    own = [*s.events("exploitation-flag", "nrm-referral", what=what), *s.missing()]
    if what == CSE:
        return [*own, *contact(s, CSE, "harm online"), *s.events("crime-victim", what=CSE_CRIME)]
    suspected = [row for row in s.events("crime-suspect") if row["what"].startswith(("Possession", "Robbery"))]
    return [*own, *contact(s, *CCE), *s.events("stop-search", what=("Drugs", "Weapon")), *suspected]


def both(s: Hand) -> list[Row]:
    is_other = before(searched(s, CCE[0]), 92)
    return [row for row in searched(s, CSE) if is_other(row)]


def prosecuted(s: Hand) -> Callable[[Row], bool]:
    return before([*s.events("court-date"), *s.events("custody", outcome="charged")], 365, 365)


def homeless(s: Hand) -> Callable[[Row], bool]:
    near = before(s.events("homelessness", child=False), 365, 365)
    lives = [{row["a"], row["b"]} for row in s.rows["links"] if row["kind"] in ("household", "parent-of", "carer-of")]

    def found(row: Row) -> bool:
        others = {row["child"]}.union(*(pair for pair in lives if row["child"] in pair))
        return any(near({**row, "child": other}) for other in others)

    return found


def re_referred(s: Hand) -> list[Fact]:
    found, last = [], dict[str, date]()
    for row in sorted(s.events("referral", child=False), key=lambda row: (row["day"], row["event"])):
        first = last.get(row["child"])
        found.append(
            Fact(row["event"], row["child"], row["day"], first is not None and row["day"] < a_year_after(first))
        )
        last[row["child"]] = row["day"]
    return found


def a_year_after(day: date) -> date:
    """The same day of the next year; after 29 February the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def second_plans(s: Hand) -> list[Fact]:
    found, had = [], set[str]()
    for row in sorted(s.events("child-protection-plan", child=False), key=lambda row: (row["day"], row["event"])):
        is_later = row["child"] in had or row["amount"] not in ("", "0")
        found.append(Fact(row["event"], row["child"], row["day"], is_later))
        had.add(row["child"])
    return found


def waits(s: Hand) -> list[Fact]:
    """From each referral to the first appointment on or after it, by the day of that."""
    found = []
    for row in s.events("mental-health-referral"):
        seen = [one["day"] for one in s.events("mental-health-first-seen", child=False)
                if one["child"] == row["child"] and one["day"] >= row["day"]]  # fmt: skip
        if seen:
            found.append(Fact(row["event"], row["child"], min(seen), value=float((min(seen) - row["day"]).days)))
    return found


def harmed_again(s: Hand) -> list[Row]:
    rows = s.events("crime-victim", what=VIOLENCE)
    return [row for row in rows if before([one for one in rows if one["day"] < row["day"]], 365)(row)]


def seventeen(s: Hand) -> list[Fact]:
    found = []
    for child, born in s.born.items():
        if born:
            sixteen, turns = born.replace(year=born.year + 16), born.replace(year=born.year + 17)
            rows = [*s.events("outside-home-contact", "exploitation-flag", "nrm-referral", what=EXPLOITED)]
            if any(row["child"] == child and sixteen <= row["day"] < turns for row in rows):
                found.append(Fact(None, child, turns))
    return found


def ended(s: Hand, kind: str) -> list[Row]:
    """Work that ended, by the day of its end; what is said to have ended before it began is left out."""
    return [{**row, "day": row["other"], "days": row["other_days"]} for row in s.events(kind, child=False)
            if row["other"] and row["other_days"] >= 0]  # fmt: skip


def due(rows: list[Row]) -> list[Fact]:
    return each([row for row in rows if row["due"]], lambda row: row["day"] <= row["due"])


def outcome(rows: list[Row], *met: str) -> list[Fact]:
    """Of those with an outcome."""
    return each([row for row in rows if row["outcome"]], lambda row: row["outcome"] in met)


def valued(rows: list[Row], thing: str | None, value: str) -> list[Fact]:
    return [Fact(row[thing] if thing else None, row["child"], row["day"], value=row[value]) for row in rows]


def nrm(s: Hand) -> list[Row]:
    return s.events("nrm-referral")


def weighed(s: Hand) -> Callable[[Row], bool]:
    rows = s.rows["weighings"]
    return lambda row: any(
        one["child"] == row["child"] and row["day"] - timedelta(365) < one["day"] <= row["day"] + timedelta(60)
        for one in rows
    )
