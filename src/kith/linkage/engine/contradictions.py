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

A_KEYING_SLIP = 2
"""Characters. One wrong key never makes one valid number of another: check digits see to that. Two may."""
_NUMBERS_FAR_APART = " or ".join(
    f"coalesce(damerau_levenshtein(L.{number}, R.{number}) > {A_KEYING_SLIP}{held}, false)"
    for number, held in (
        ("nhs", ""),
        ("upn", " and right(L.upn, 1) between '0' and '9' and right(R.upn, 1) between '0' and '9'"),
    )
)
ONE_SLIP = "damerau_levenshtein(L.first, R.first) <= 1"
NAMES_NEAR = (
    f"({NAMES_FIT} or coalesce({_LOOKS_ALIKE} or {ONE_SLIP}"
    " or jaro_winkler_similarity(L.first, R.first) >= 0.88, false))"
)
"""More than `NAMES_FIT`: two first names of which a person may say that one is the other written wrong."""
SAME_HOME = (
    "(coalesce(L.postcode = R.postcode, false) or coalesce(L.home = R.home, false)"
    " or coalesce(L.phone = R.phone, false) or coalesce(L.email = R.email, false))"
)

SEEN_BETWEEN: dict[str, str] = {
    "numbers_far_apart": f"bool_or({_NUMBERS_FAR_APART})",
    "one_number": f"bool_or({SAME_NUMBER})",
    "names_given": "bool_or(L.first is not null and R.first is not null)",
    "names_near": f"bool_or({NAMES_NEAR})",
    "one_birth_date": "bool_or(coalesce(L.dob = R.dob, false))",
    "one_home": f"bool_or({SAME_HOME})",
    "one_middle_name": "bool_or(coalesce(L.middle = R.middle and length(L.middle) > 2, false))",
}
"""What is seen between all records of one group and all records of another, for `TWO_PEOPLE`."""
TWO_PEOPLE = (
    "not one_number and (numbers_far_apart"
    " or names_given and not names_near and not one_middle_name and one_birth_date and one_home)"
)
"""Two groups of records that are two people, so that nobody is asked. Either

- two valid NHS numbers, or two permanent school numbers, that differ by more than a keying slip; or
- first names of which none is a form of, near to, or the middle or familiar name of any on the other side, on one
  birth date in one home: twins, or brothers and sisters.

A number that both share, or for the names a middle name, is against it: then a person is asked.
"""

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
