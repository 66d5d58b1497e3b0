"""Each measure by its key, with the rows it counts. One that is held against counts by hand elsewhere says where."""

from __future__ import annotations

from kith.insight.engine.tests.definitions import (
    CARE,
    CCE,
    CHARGED,
    CRUELTY,
    CSE,
    CSE_CRIME,
    SERIOUS,
    SEXUAL,
    VIOLENCE,
    Definition,
    adversity,
    again_reported,
    back,
    both,
    contact,
    crime,
    due,
    ended,
    exploitation,
    flag_stood,
    harmed_again,
    homeless,
    nrm,
    of_these,
    on_plan,
    outcome,
    prosecuted,
    re_referred,
    searched,
    second_plans,
    seventeen,
    standing,
    valued,
    visits,
    waits,
    weighed,
)  # fmt: skip
from kith.insight.engine.tests.oracle import Fact, Hand, before, each, once
from kith.insight.engine.tests.random_star import EXPLOITED

MISSING: dict[str, Definition] = {
    "absence-hours": lambda s: valued([a for a in s.missing() if a["back"]], "absence", "hours"),
    "away-from-placement": lambda s: once(a for a in s.rows["accounts"] if a["kind"] == "away"),
    "conversations-declined": lambda s: each(
        [c for c in s.rows["conversations"] if c["kind"] == "missing" and c["offered"]],
        lambda c: c["declined"] is not None and c["held"] is None, "absence"),
    "conversations-held": lambda s: back(s, "held"),
    "conversations-in-time": lambda s: each(
        [c for c in s.rows["conversations"] if c["kind"] == "missing" and c["held"]],
        lambda c: bool(c["held_hours"] <= 72), "absence"),
    "conversations-offered": lambda s: back(s, "offered"),
    "council-missing-children": lambda s: once(s.told("social care")),
    "council-missing-episodes": lambda s: each(s.told("social care"), thing="account"),
    "graded-below-high": lambda s: each([a for a in s.missing() if a["consider_high"]],
                                        lambda a: a["grade"] != "high", "absence"),
    "missing-and-exploited": lambda s: once(s.missing(), before(exploitation(s), 365)),
    "missing-children": lambda s: once(s.told("police")),
    "missing-children-out-of-school": lambda s: once(
        s.missing(), before(s.events("missing-education", "suspension", "exclusion"), 365)),
    "missing-from-care": lambda s: once(a for a in s.told("police") if a["missing_from"] in CARE),
    "missing-overnight": lambda s: each([a for a in s.missing() if a["back"]],
                                        lambda a: a["back"].date() > a["gone"].date(), "absence"),
    "missing-reports": lambda s: each(s.told("police"), thing="account"),
    "repeat-missing-children": lambda s: again_reported(s.told("police")),
    "repeat-missing-from-care": lambda s: again_reported([a for a in s.told("police") if a["missing_from"] in CARE]),
}  # fmt: skip


def beside(kinds: tuple[str, ...], *what: str) -> Definition:
    """Children with a contact about exploitation; met where they were suspended or excluded in the year before."""
    return lambda s: once(contact(s, *(what or EXPLOITED)), before(s.events(*kinds), 365))


OUTSIDE: dict[str, Definition] = {
    "cce-open": lambda s: once(c for c in contact(s, *CCE) if c["outcome"] in ("Social worker", "Early help")),
    "cse-open": lambda s: once(c for c in contact(s, CSE) if c["outcome"] in ("Social worker", "Early help")),
    "efh-children": lambda s: once(contact(s)),
    "efh-contacts": lambda s: each(s.events("outside-home-contact", child=False)),
    "efh-no-action": lambda s: each(s.events("outside-home-contact", child=False),
                                    lambda c: c["outcome"] == "No further action"),
    "efh-to-early-help": lambda s: each(s.events("outside-home-contact", child=False),
                                        lambda c: c["outcome"] == "Early help"),
    "efh-to-social-worker": lambda s: each(s.events("outside-home-contact", child=False),
                                           lambda c: c["outcome"] == "Social worker"),
    "ethnicity-recorded": lambda s: once(contact(s), lambda c: bool(s.ethnicity.get(c["child"]))),
    "excluded-and-criminal": beside(("exclusion",), *CCE),
    "excluded-and-sexual": beside(("exclusion",), CSE),
    "suspended-and-criminal": beside(("suspension",), *CCE),
    "suspended-and-sexual": beside(("suspension",), CSE),
    "exclusion-and-exploitation": beside(("suspension", "exclusion")),
    "exploited-both": lambda s: once(
        exploitation(s),
        lambda row: before([e for e in exploitation(s) if (e["what"] == CSE) != (row["what"] == CSE)], 365)(row)),
    "exploited-children": lambda s: once(contact(s, *EXPLOITED)),
    "exploited-weighed": lambda s: once(contact(s, *EXPLOITED), weighed(s)),
    "exploited-with-abuse-at-home": lambda s: once(contact(s, *EXPLOITED),
                                                   before(s.events("household-incident"), 1095)),
    "exploited-with-plan": lambda s: once(contact(s, *EXPLOITED), on_plan(s)),
    "homeless-and-exploited": lambda s: once(contact(s, *EXPLOITED), homeless(s)),
    "intelligence-reports": lambda s: [
        *(Fact(n, "", day) for n, day in {(e["event"], e["day"]) for e in s.events("partner-report", child=False)}),
        *(Fact(row["report"] + 10**9, "", row["day"]) for row in s.rows["intelligence"])],
    "nrm-decided-for-the-child": lambda s: each(
        s.events("nrm-decision", what="conclusive grounds", outcome=("Positive", "Negative")),
        lambda d: d["outcome"] == "Positive"),
    "nrm-referrals": lambda s: each(nrm(s)),
    "police-flags": lambda s: once(s.events("exploitation-flag")),
    "search-both": lambda s: once(searched(s, CSE), before(searched(s, CCE[0]), 92)),
    "search-both-missing": lambda s: once(both(s), before(s.missing(), 92)),
    "search-criminal-exploitation": lambda s: once(searched(s, CCE[0]), flag_stood(s, CCE[0])),
    "search-sexual-exploitation": lambda s: once(searched(s, CSE), flag_stood(s, CSE)),
    "trafficked-and-missing": lambda s: once(nrm(s), before(s.missing(), 182, 182)),
    "trafficked-and-prosecuted": lambda s: once(nrm(s), prosecuted(s)),
    "trafficked-and-somebody-charged": lambda s: once(
        nrm(s), before(s.events("crime-victim", outcome=CHARGED, child=False), 365, 365)),
    "trafficked-and-suspected": lambda s: once(nrm(s), before(s.events("crime-suspect", child=False), 365, 365)),
    "trafficked-missing-and-prosecuted": lambda s: once(
        nrm(s), lambda row: prosecuted(s)(row) and before(s.missing(), 182, 182)(row)),
    "turning-17": seventeen,
    "changes-in-time": lambda s: each([{**c, "day": c["due"]} for c in s.rows["changes"]],
                                      lambda c: bool(c["in_time"]), "change"),
    "weighs-most-online": lambda s: each(s.rows["weighings"], lambda w: bool(w["online"]), "weighing"),
    "weighs-most-outside-home": lambda s: each(
        s.rows["weighings"], lambda w: any(w[c] for c in ("peers", "school", "places", "online")), "weighing"),
    "weighs-most-peers": lambda s: each(s.rows["weighings"], lambda w: bool(w["peers"]), "weighing"),
    "weighs-most-places": lambda s: each(s.rows["weighings"], lambda w: bool(w["places"]), "weighing"),
    "weighs-most-school": lambda s: each(s.rows["weighings"], lambda w: bool(w["school"]), "weighing"),
}  # fmt: skip
SOCIAL_CARE: dict[str, Definition] = {
    "adversity-abuse-or-neglect": lambda s: adversity(s, "hurt"),
    "adversity-and-violence": lambda s: adversity(s, "violence"),
    "adversity-domestic-abuse": lambda s: adversity(s, "domestic"),
    "assessment-days": lambda s: valued(ended(s, "assessment"), "event", "days"),
    "assessments-in-time": lambda s: each(ended(s, "assessment"), lambda row: bool(row["days"] <= 63)),
    "came-into-care": lambda s: once(s.events("care-started")),
    "care-reviews-in-time": lambda s: due(s.events("care-review", child=False)),
    "care-visits-in-time": lambda s: visits(s, "care-visit", "in-care", 42),
    "checks-in-time": lambda s: each([{**c, "day": c["due"]} for c in s.rows["checks"]],
                                     lambda c: bool(c["in_time"]), "question"),
    "child-in-need-open": lambda s: standing((r for r in s.rows["spells"] if r["kind"] == "child-in-need"), s),
    "children-seen": lambda s: outcome(
        s.events("child-in-need-visit", "child-protection-visit", "care-visit", child=False), "seen"),
    "conferences-in-time": lambda s: due(s.events("child-protection-conference", child=False)),
    "contact-decided-in-a-day": lambda s: each(
        s.rows["contacts"], lambda c: c["decided_hours"] is not None and c["decided_hours"] <= 24, "contact"),
    "contacts": lambda s: each(s.events("contact", child=False)),
    "contacts-to-referral": lambda s: outcome(s.events("contact", child=False), "referral to children's social care"),
    "early-help-began": lambda s: once(s.events("early-help")),
    "in-care-open": lambda s: standing((r for r in s.rows["spells"] if r["kind"] == "in-care"), s),
    "moments-in-time": lambda s: each([m for m in s.rows["moments"] if not m["set_aside"]],
                                      lambda m: bool(m["in_time"]), "moment"),
    "need-visits-in-time": lambda s: visits(s, "child-in-need-visit", "child-in-need", 42),
    "oversight-recorded": lambda s: outcome(s.events("supervision", child=False), "recorded"),
    "protection-plans-again": second_plans,
    "protection-plans-began": lambda s: each(s.events("child-protection-plan", child=False)),
    "protection-plans-neglect": lambda s: each(
        [p for p in s.events("child-protection-plan", child=False) if p["what"]],
        lambda p: p["what"].lower() == "neglect"),
    "protection-plans-open": lambda s: standing((r for r in s.rows["spells"] if r["kind"] == "protection-plan"), s),
    "protection-visits-in-time": lambda s: visits(s, "child-protection-visit", "protection-plan", 21),
    "re-referrals": re_referred,
    "referrals": lambda s: each(s.events("referral", child=False)),
    "section-47": lambda s: each(s.events("section-47", child=False)),
    "supervision-in-time": lambda s: due(s.events("supervision", child=False)),
}  # fmt: skip


def suspects(*what: str) -> Definition:
    return lambda s: once(s.events("crime-suspect", **of_these(what)))


def victims(*what: str) -> Definition:
    return lambda s: once(s.events("crime-victim", **of_these(what)))


def after_suspicion(s: Hand) -> list[Fact]:
    """Crimes a child was suspected of while criminal exploitation was on their record; met by a flag that stood."""
    known = before([*contact(s, *CCE), *s.events("nrm-referral", what=CCE)], 365)
    return each([c for c in s.events("crime-suspect") if known(c)], flag_stood(s, CCE[0]))


POLICE: dict[str, Definition] = {
    "child-suspects": suspects(),
    "child-victims": victims(),
    "cp-crime": lambda s: each(crime(s, (*SEXUAL, *CRUELTY))),
    "cp-cruelty": lambda s: each(crime(s, CRUELTY)),
    "cp-serious-sexual": lambda s: each(crime(s, SERIOUS)),
    "crimes-without-flag": after_suspicion,
    "cse-charged": lambda s: each(crime(s, CSE_CRIME), lambda c: c["outcome"] in CHARGED),
    "cse-could-not-go-on": lambda s: outcome(crime(s, CSE_CRIME), "the person harmed could not go on"),
    "cse-crime": lambda s: each(crime(s, CSE_CRIME)),
    "cse-days-to-charge": lambda s: valued(
        [c for c in crime(s, CSE_CRIME, outcome=CHARGED) if (c["other_days"] if c["other"] else -1) >= 0],
        "event", "other_days"),
    "cse-found-guilty": lambda s: each(crime(s, CSE_CRIME, outcome=("found guilty", "not found guilty")),
                                       lambda c: c["outcome"] == "found guilty"),
    "custody-children": lambda s: once(s.events("custody")),
    "custody-diverted": lambda s: outcome(s.events("custody"), "diverted", "no further action"),
    "da-crimes": lambda s: each(s.events("crime-victim", child=False, marked="domestic abuse")),
    "da-high": lambda s: each(s.events("household-incident", outcome="High")),
    "da-incidents": lambda s: each(s.events("household-incident", marked="")),
    "da-victims-16-17": lambda s: each([c for c in s.events("crime-victim", marked="domestic abuse")
                                        if (s.months_old(c["child"], c["day"]) or 0) >= 16 * 12]),
    "injury-victims": victims("Assault with injury"),
    "knife-suspects": suspects("Possession of a blade"),
    "non-familial-sexual": lambda s: each([c for c in crime(s, SEXUAL) if c["place"]]),
    "race-hate-victims": victims("Racially aggravated assault"),
    "robbery-suspects": suspects("Robbery of personal property"),
    "robbery-victims": victims("Robbery of personal property"),
    "serious-sexual-charged": lambda s: each(crime(s, SERIOUS), lambda c: c["outcome"] in CHARGED),
    "stop-search": lambda s: each(s.events("stop-search")),
    "stop-search-found": lambda s: outcome(s.events("stop-search"), "No further action"),
    "stopped-children": lambda s: once(s.events("stop-search")),
    "violence-suspects": suspects(*VIOLENCE),
    "violence-suspects-harmed": lambda s: once(s.events("crime-suspect", what=VIOLENCE),
                                               before(s.events("crime-victim", what=VIOLENCE), 365)),
    "violence-victims": victims(*VIOLENCE),
    "violence-victims-again": lambda s: once(harmed_again(s)),
    "weapon-searches": lambda s: each(s.events("stop-search", what="Weapon")),
    "weapon-searches-found": lambda s: each(
        [e for e in s.events("stop-search", what="Weapon") if e["outcome"]],
        lambda e: e["outcome"] != "No further action"),
    "place-recorded": lambda s: each(s.events("crime-victim"), lambda c: c["place"] != ""),
    "time-recorded": lambda s: each(s.events("crime-victim"), lambda c: (c["minute"] or 0) > 0),
}  # fmt: skip
SCHOOL_HEALTH_HELP: dict[str, Definition] = {
    "assault-attendances": lambda s: each(s.events("hospital-attendance", what="Assault")),
    "self-harm-attendances": lambda s: each(s.events("hospital-attendance", what="Self-harm")),
    "mental-health-referrals": lambda s: each(s.events("mental-health-referral")),
    "mental-health-wait": waits,
    "excluded-children": lambda s: once(s.events("exclusion")),
    "suspended-children": lambda s: once(s.events("suspension")),
    "suspensions": lambda s: each(s.events("suspension", child=False)),
    "home-educated": lambda s: once(s.events("home-education")),
    "low-attendance": lambda s: once(s.events("low-attendance")),
    "missing-education": lambda s: once(s.events("missing-education")),
    "missing-education-and-harmed": lambda s: once(
        s.events("missing-education"),
        before([*exploitation(s), *s.events("specialist-support"), *s.missing()], 365)),
    "missing-education-open": lambda s: standing(s.events("missing-education"), s, "day", "until"),
    "mentored-children": lambda s: once(s.events("mentor")),
    "specialist-given": lambda s: once(s.events("specialist-support"), lambda e: e["other"] is not None),
    "specialist-wait": lambda s: valued(
        [{**e, "day": e["other"]} for e in s.events("specialist-support") if e["other"] and e["other"] >= e["day"]],
        None, "other_days"),
    "specialist-waiting": lambda s: [
        Fact(None, e["child"], e["day"], ended=e["other"] or e["until"]) for e in s.events("specialist-support")],
    "specialist-wanted": lambda s: once(s.events("specialist-support")),
    "youth-work-children": lambda s: once(s.events("youth-session")),
}  # fmt: skip
DEFINITIONS: dict[str, Definition] = {**MISSING, **OUTSIDE, **SOCIAL_CARE, **POLICE, **SCHOOL_HEALTH_HELP}
ELSEWHERE = {  # planted rows held against counts by hand
    "children-seen-alone": "test_visits_by_hand",
    "weighings-with-child": "test_weighings_by_hand",
    "violence-by-adults": "test_violence_by_hand",
    "violence-by-young-adults": "test_violence_by_hand",
    "violence-by-men-and-boys": "test_violence_by_hand",
}
