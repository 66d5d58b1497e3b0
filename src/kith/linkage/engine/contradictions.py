"""Why two records cannot be one person. Each rule is SQL over two records `L` and `R`, with its sentence.

A score adds up evidence and can be carried away by a shared home, surname and telephone; twins and siblings share
them all. These rules are not outweighed by anything but a person's own judgement.
"""

from __future__ import annotations

from kith.linkage.engine.comparisons import (
    DAY_MONTH,
    ONE_SLIP_IN_DATE,
    PLACEHOLDER,
    SAME_SPELLING,
    SHARED_GIVEN,
    SHORTENED,
    TYPED_FIRST,
    YEAR_OFF,
)

ESTABLISHED = 4e-4
"""A first name borne by this share of records is a name, not a slip of the keyboard..."""
FAR_RARER = 30
"""...unless it is this many times rarer than the name it looks like."""

BOTH_ESTABLISHED = (
    f"(least(L.tf_first, R.tf_first) >= {ESTABLISHED}"
    f" and greatest(L.tf_first, R.tf_first) <= {FAR_RARER} * least(L.tf_first, R.tf_first))"
)
_LOOKS_ALIKE = f"({TYPED_FIRST} or L.first_sound = R.first_sound or jaro_winkler_similarity(L.first, R.first) >= 0.9)"
NAMES_FIT = (
    f"coalesce(L.first = R.first or {SAME_SPELLING} or {SHORTENED} or {SHARED_GIVEN} or L.first = R.last"
    f" or L.last = R.first or {_LOOKS_ALIKE} and not {BOTH_ESTABLISHED}, false)"
)
NAMES_UNFIT = f"(L.first is not null and R.first is not null and not {NAMES_FIT})"
DATES_FIT = f"(L.dob = R.dob or {DAY_MONTH} or {ONE_SLIP_IN_DATE} or {YEAR_OFF} or {PLACEHOLDER})"

NUMBERS_DIFFER = (
    "(coalesce(L.nhs <> R.nhs, false) or coalesce(L.upn <> R.upn"
    " and right(L.upn, 1) between '0' and '9' and right(R.upn, 1) between '0' and '9', false))"
)
SAME_NUMBER = "(coalesce(L.nhs = R.nhs, false) or coalesce(L.upn = R.upn, false))"
SAME_PERSON_SHOWN = f"({SAME_NUMBER} or coalesce(L.middle = R.middle and length(L.middle) > 2, false))"
TWO_PEOPLE_SHOWN = f"({NUMBERS_DIFFER} or coalesce(L.sex <> R.sex, false))"
"""Within one group of linked records, two odd first names are excused where some pair that bears them shares a
number or a middle name, and no pair that bears them shows two people."""

RULES: tuple[tuple[str, str], ...] = (
    ("L.nhs <> R.nhs", "Two different valid NHS numbers."),
    (
        "L.upn <> R.upn and right(L.upn, 1) between '0' and '9' and right(R.upn, 1) between '0' and '9'",
        "Two different permanent school numbers (UPN).",
    ),
    (
        f"L.dob = R.dob and {NAMES_UNFIT}",
        "One date of birth but two first names that are not forms of one name: twins, or two children.",
    ),
    (f"L.dob <> R.dob and {NAMES_UNFIT}", "Different first names and different dates of birth."),
)


def contradiction_sql() -> str:
    """True where any rule holds."""
    return "(" + " or ".join(f"coalesce({sql}, false)" for sql, _ in RULES) + ")"
