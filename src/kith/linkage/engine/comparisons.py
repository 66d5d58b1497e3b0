"""What is compared and the levels of agreement, each with the SQL that tests it and the words that explain it.

`L.` and `R.` stand for the two records. Levels are tried in order; the last is "differs". The same list makes the
Splink settings (DuckDB and Spark), the scoring of new records and the explanations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Agreement = Literal["same", "close", "differs", "unknown"]


@dataclass(frozen=True)
class Level:
    """One grade of agreement. `start` is the (m, u) that training begins from; `fixed` is never trained."""

    sql: str
    sentence: str
    agrees: Agreement
    start: tuple[float, float]
    frequency: str = ""
    fixed: bool = False


@dataclass(frozen=True)
class Comparison:
    """One thing compared. `absent` tests whether either record lacks it; then it weighs nothing."""

    name: str
    absent: str
    levels: tuple[Level, ...]
    absent_sentence: str


def _close_text(column: str, short: int, long: int) -> str:
    """One slip in a word of `short` letters or more, two in a long one. Cheap tests first: distance is dear."""
    one, other = f"L.{column}", f"R.{column}"
    slips, least = f"damerau_levenshtein({one}, {other})", f"least(length({one}), length({other}))"
    return (
        f"(abs(length({one}) - length({other})) <= 2 and {least} >= {short}"
        f" and (left({one}, 1) = left({other}, 1) or right({one}, 2) = right({other}, 2))"
        f" and ({slips} <= 1 or {least} >= {long} and {slips} <= 2))"
    )


SWAPPED = "(L.first = R.last and R.first = L.last)"
SAME_SPELLING = "list_has_any(L.spellings, R.spellings)"
SHARED_GIVEN = "(list_contains(R.givens, L.first) or list_contains(L.givens, R.first))"
SHORTENED = "(starts_with(L.first, R.first) or starts_with(R.first, L.first))"
TYPED_FIRST = _close_text("first", 4, 7)
ONE_SLIP_IN_DATE = "(hamming(L.dob, R.dob) = 1 or hamming(L.dob, R.dob) = 2 and damerau_levenshtein(L.dob, R.dob) <= 1)"
DAY_MONTH = (
    "(L.birth_year = R.birth_year and L.month_day <> R.month_day"
    " and L.month_day // 100 = R.month_day % 100 and R.month_day // 100 = L.month_day % 100)"
)
PLACEHOLDER = "(L.birth_year = R.birth_year and (L.month_day = 101 or R.month_day = 101))"
YEAR_OFF = "(L.month_day = R.month_day and abs(L.birth_year - R.birth_year) = 1)"

COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "first",
        "L.first is null or R.first is null",
        (
            Level("L.first = R.first", "Same first name", "same", (0.75, 0.004), frequency="first"),
            Level(SAME_SPELLING, "First names are forms of one name", "same", (0.09, 0.004)),
            Level(TYPED_FIRST, "First names differ by a slip of the keyboard", "close", (0.07, 0.002)),
            Level(SWAPPED, "First name and surname are swapped", "close", (0.01, 1e-6), fixed=True),
            Level(SHARED_GIVEN, "One first name is the other's middle or familiar name", "close", (0.02, 0.002)),
            Level(SHORTENED, "One first name is short for the other", "close", (0.01, 0.004)),
            Level(
                "L.first_sound = R.first_sound or jaro_winkler_similarity(L.first, R.first) >= 0.88",
                "First names sound or look alike",
                "close",
                (0.01, 0.01),
            ),
            Level("", "First names differ", "differs", (0.04, 0.95)),
        ),
        "First name is missing on one side",
    ),
    Comparison(
        "last",
        "L.last is null or R.last is null",
        (
            Level("L.last = R.last", "Same surname", "same", (0.85, 0.002), frequency="last"),
            Level(SWAPPED, "Surname and first name are swapped", "close", (0.01, 1e-6), fixed=True),
            Level("list_has_any(L.lasts, R.lasts)", "Share a surname or a former surname", "close", (0.03, 0.001)),
            Level(_close_text("last", 4, 8), "Surnames differ by a slip of the keyboard", "close", (0.06, 0.001)),
            Level(
                "L.last_sound = R.last_sound or jaro_winkler_similarity(L.last, R.last) >= 0.9",
                "Surnames sound or look alike",
                "close",
                (0.01, 0.006),
            ),
            Level("", "Surnames differ", "differs", (0.06, 0.98)),
        ),
        "Surname is missing on one side",
    ),
    Comparison(
        "dob",
        "L.dob is null or R.dob is null",
        (
            Level("L.dob = R.dob", "Same date of birth", "same", (0.9, 0.00015)),
            Level(DAY_MONTH, "Dates of birth differ by day and month swapped", "close", (0.02, 0.0001)),
            Level(ONE_SLIP_IN_DATE, "Dates of birth differ by one digit", "close", (0.04, 0.005)),
            Level(YEAR_OFF, "Dates of birth are one year apart", "close", (0.01, 0.0004)),
            Level(
                PLACEHOLDER,
                "Same year of birth; one date is 1 January, which often stands for an unknown date",
                "close",
                (0.01, 0.0005),
            ),
            Level("L.birth_year = R.birth_year", "Same year of birth, different day", "differs", (0.01, 0.05)),
            Level("", "Dates of birth differ", "differs", (0.01, 0.94)),
        ),
        "Date of birth is missing on one side",
    ),
    Comparison(
        "middle",
        "L.middle is null or R.middle is null",
        (
            Level("L.middle = R.middle", "Same middle name", "same", (0.9, 0.01)),
            Level(
                "(starts_with(L.middle, R.middle) or starts_with(R.middle, L.middle))",
                "One middle name is short for the other",
                "close",
                (0.04, 0.01),
            ),
            Level("", "Middle names differ", "differs", (0.06, 0.98)),
        ),
        "Middle name is missing on one side",
    ),
    Comparison(
        "sex",
        "L.sex is null or R.sex is null",
        (
            Level("L.sex = R.sex", "Same sex recorded", "same", (0.99, 0.5)),
            Level("", "Different sex recorded", "differs", (0.01, 0.5)),
        ),
        "Sex is missing on one side",
    ),
    Comparison(
        "nhs",
        "L.nhs is null or R.nhs is null",
        (
            Level("L.nhs = R.nhs", "Same NHS number", "same", (0.995, 2e-6), fixed=True),
            Level("", "Different NHS numbers", "differs", (0.005, 1.0), fixed=True),
        ),
        "NHS number is missing on one side",
    ),
    Comparison(
        "upn",
        "L.upn is null or R.upn is null",
        (
            Level("L.upn = R.upn", "Same school number (UPN)", "same", (0.99, 2e-6), fixed=True),
            Level("", "Different school numbers (UPN)", "differs", (0.01, 1.0), fixed=True),
        ),
        "School number (UPN) is missing on one side",
    ),
    Comparison(
        "household",
        "(L.postcode is null or R.postcode is null) and (L.phone is null or R.phone is null)"
        " and (L.email is null or R.email is null)",
        (
            Level(
                "L.postcode = R.postcode and (L.home = R.home or L.phone = R.phone or L.email = R.email)",
                "Same home",
                "same",
                (0.4, 3e-5),
            ),
            Level("L.postcode = R.postcode", "Same postcode", "same", (0.2, 2e-5)),
            Level("L.phone = R.phone or L.email = R.email", "Same telephone number or email", "same", (0.15, 2e-5)),
            Level(
                "L.home = R.home or (L.district = R.district or right(L.postcode, 3) = right(R.postcode, 3))"
                " and damerau_levenshtein(L.postcode, R.postcode) <= 1",
                "Homes differ by a slip of the keyboard",
                "close",
                (0.03, 0.0005),
            ),
            Level("L.district = R.district", "Homes in the same postcode district", "differs", (0.02, 0.02)),
            Level("", "Different homes", "differs", (0.2, 0.98)),
        ),
        "No home or telephone number to compare",
    ),
)

CORROBORATED = (
    "coalesce(L.nhs = R.nhs, false) or coalesce(L.upn = R.upn, false) or coalesce(L.phone = R.phone, false)"
    " or coalesce(L.email = R.email, false) or coalesce(L.postcode = R.postcode, false)"
    " or coalesce(L.middle = R.middle, false)"
)
"""Something beyond name and date of birth speaks for one person: strangers share those more often than one thinks."""
DETAILS_GIVEN = (
    "((postcode is not null or home is not null)::utinyint + (phone is not null or email is not null)::utinyint * 2"
    " + (middle is not null)::utinyint * 4)::utinyint"
)
"""A bit for each kind of detail that a record gives: home, contact, middle name."""


def one_sided(sql: str) -> str:
    """`L.first` as `first_l`, the way Splink names the columns of a pair."""
    return re.sub(r"\b([LR])\.(\w+)", lambda found: f"{found[2]}_{found[1].lower()}", sql)


def as_spark(sql: str) -> str:
    """The few functions that Spark calls otherwise."""
    for ours, theirs in (
        ("list_has_any(", "arrays_overlap("),
        ("list_contains(", "array_contains("),
        ("starts_with(", "startswith("),
        ("jaro_winkler_similarity(", "jaro_winkler("),
    ):
        sql = sql.replace(ours, theirs)
    sql = re.sub(r"hamming\((\S+, \S+)\) = 2 and damerau", r"damerau", sql)
    sql = re.sub(r"hamming\((\S+, \S+)\) = 1", r"damerau_levenshtein(\1) <= 1", sql)
    return re.sub(r"(\S+) // 100", r"(\1 div 100)", sql)


def level_number_sql(comparison: Comparison) -> str:
    """Which level holds for `L` and `R`: -1 where absent, otherwise the place in the list."""
    cases = " ".join(f"when {level.sql} then {place}" for place, level in enumerate(comparison.levels[:-1]))
    return f"case when {comparison.absent} then -1 {cases} else {len(comparison.levels) - 1} end"
