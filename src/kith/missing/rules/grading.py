"""When to consider the grade high: the published rule, in words that name no more than whoever grades may know."""

from __future__ import annotations

HIGH = "high"
RULE = (
    "Consider high where trafficking or exploitation is on record: a referral to or a positive decision of the "
    "National Referral Mechanism, a police exploitation flag, an assessment that found exploitation, trafficking, "
    "gangs or going missing, a decision at the front door that names such harm, or anything else recorded as "
    "exploitation. Another grade needs its reason. Nothing is graded by itself."
)
ON_RECORD = "Exploitation or trafficking is on record"  # all that is told to those to whom the record is closed
FACTORS = ("sexual exploitation", "criminal exploitation", "trafficking", "gangs", "missing")
HARMS = ("sexual-exploitation", "criminal-exploitation", "trafficking", "county-lines")
FEARED = ("sexual-exploitation", "criminal-exploitation", "trafficking")  # of the absence itself, when it was reported


def speaks_of_exploitation(factors: object) -> bool:
    """Whether what an assessment found, as its feed has it, names any of these."""
    words = factors if isinstance(factors, str) else ", ".join(map(str, factors)) if isinstance(factors, list) else ""
    return any(factor in words.casefold() for factor in FACTORS)


def is_refused(summary: str) -> bool:
    """Whether a decision says that there are no grounds."""
    return (
        "negative" in summary.casefold()
        or "no reasonable" in summary.casefold()
        or "no conclusive" in summary.casefold()
    )


def needs_why_not(code: str, consider_high: list[str]) -> bool:
    """Whether this grade stands against what is on record, and so needs its reason."""
    return code != HIGH and bool(consider_high)
