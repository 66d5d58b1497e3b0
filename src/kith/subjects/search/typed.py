"""What somebody typed in the one box, taken apart: words of a name, dates, ages, numbers, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kith.foundations.identifiers import parse_nhs_number, parse_postcode, parse_upn
from kith.foundations.names import name_words
from kith.subjects.search.addresses import STREET_TYPES, address_words, postcode_word
from kith.subjects.search.rules import MOST_WORDS

_MONTHS = {
    month: number
    for number, month in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_TITLES = frozenset(["mr", "mrs", "miss", "ms", "mx", "dr", "master"])
_SMALL_WORDS = frozenset(
    [
        "born",
        "dob",
        "aged",
        "age",
        "of",
        "the",
        "and",
        "years",
        "year",
        "old",
        "yrs",
        "yo",
        "on",
        "in",
        "at",
        "d.o.b",
        "nhs",
        "no",
        "number",
        "upn",
    ]
)
_DAY_FIRST = re.compile(r"(?<![\w/])(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?![\w/])")
_YEAR_FIRST = re.compile(r"(?<![\w/])(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?![\w/])")
_MONTH_NAME = "|".join(rf"{month}[a-z]*" for month in _MONTHS)
_IN_WORDS = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ \-]({_MONTH_NAME})[ ,\-]+(\d{{4}}|\d{{2}})\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH_NAME}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b")
_MONTH_ONLY = re.compile(rf"\b({_MONTH_NAME}) (\d{{4}})\b")
_NHS = re.compile(r"(?<!\w)\d{3}[ \-]?\d{3}[ \-]?\d{4}(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?!\w)")
_HANDLE = re.compile(r"(?<!\w)@[\w.\-]{2,}")
_STREET = re.compile(rf"(?<!\w)\d+[a-z]?,? (?:(?:[a-z']+ ){{1,3}})(?:{'|'.join(STREET_TYPES)})(?!\w)")
_CODE = re.compile(r"(?<!\w)(?=[\w/\-]*\d)[a-z\d][\w/\-]{3,}(?!\w)")
_EIGHT = re.compile(r"(?<!\w)(\d{2})(\d{2})(\d{4})(?!\w)")
_AGE = re.compile(r"(?<![\w/])(\d{1,3})(?: ?(?:years?(?: old)?|yrs?|yo|y/o))?(?![\w/])")


@dataclass
class Typed:
    """Everything understood in one search. `said` is what the page shows was looked for, in words."""

    text: str
    names: list[str] = field(default_factory=list)  # folded, in the order typed
    places: list[str] = field(default_factory=list)  # address words and postcodes, as they are filed
    days: list[date] = field(default_factory=list)  # whole dates
    spans: list[tuple[date, date]] = field(default_factory=list)  # a year or a month
    ages: list[int] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)  # capitals and digits only
    notes: list[str] = field(default_factory=list)  # what could not be used, and why

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.places or self.days or self.numbers or self.spans or self.ages)

    @property
    def words(self) -> list[str]:
        """The words to look up, in order: names, then addresses."""
        return [*self.names, *self.places]


def understand(text: str, *, today: date) -> Typed:
    """Take apart what was typed; whatever is not a number, date or address is a name. Never raises."""
    typed = Typed(text=" ".join(text.split())[:200])
    rest = typed.text.lower()
    for step in (_handles, _dates, _numbers, _addresses, _ages):
        rest = step(rest, typed, today)
    words = [word for word in name_words(rest) if word not in _TITLES and word not in _SMALL_WORDS]
    typed.names = words[: MOST_WORDS - len(typed.places)]
    return typed


def _handles(text: str, typed: Typed, today: date) -> str:
    for found in _HANDLE.findall(text):
        typed.numbers.append("@" + re.sub(r"[^a-z0-9]", "", found).upper())
    return _HANDLE.sub(" ", text)


def _dates(text: str, typed: Typed, today: date) -> str:
    for pattern, order in (
        (_YEAR_FIRST, "ymd"),
        (_DAY_FIRST, "dmy"),
        (_IN_WORDS, "dmy"),
        (_MONTH_FIRST, "mdy"),
        (_EIGHT, "dmy"),
    ):
        for found in list(pattern.finditer(text)):
            day = _day(dict(zip(order, found.groups(), strict=True)), today)
            if day:
                typed.days.append(day)
            elif pattern is not _EIGHT:
                typed.notes.append(f"{found[0]} is not a date.")
            if day or pattern is not _EIGHT:
                text = text.replace(found[0], " ", 1)
    for found in list(_MONTH_ONLY.finditer(text)):
        year, month = int(found[2]), _MONTHS[found[1][:3]]
        typed.spans.append((date(year, month, 1), _last_of(year, month)))
        text = text.replace(found[0], " ", 1)
    return text


def _day(parts: dict[str, str], today: date) -> date | None:
    month = _MONTHS.get(parts["m"][:3]) or (int(parts["m"]) if parts["m"].isdigit() else 0)
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year <= today.year % 100 else 1900
    for one, other in (
        (int(parts["d"]), month),
        (month, int(parts["d"])),
    ):  # 11/30/2011 can only be month first
        try:
            return date(year, other, one)
        except ValueError:
            continue
    return None


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1).replace(day=1) - date.resolution


def _numbers(text: str, typed: Typed, today: date) -> str:
    for found in _NHS.findall(text):
        number = parse_nhs_number(found)
        if not number:
            typed.notes.append(
                f"{found} is not an NHS number: the last digit does not fit. Looked for as another number."
            )
        typed.numbers.append(number or re.sub(r"\D", "", found))
        text = text.replace(found, " ", 1)
    for found in _POSTCODE.findall(text):
        if parse_postcode(found):
            typed.places.append(postcode_word(found) or "")
            text = text.replace(found, " ", 1)
    for found in _CODE.findall(text):
        if found.isdigit() and len(found) == 4 and 1900 <= int(found) <= today.year:
            continue
        if re.fullmatch(r"\d{1,3}(st|nd|rd|th|yo|yrs?|years?|y/o)", found):
            continue
        typed.numbers.append(parse_upn(found) or re.sub(r"[^a-z0-9]", "", found).upper())
        text = text.replace(found, " ", 1)
    return text


def _addresses(text: str, typed: Typed, today: date) -> str:
    text = " ".join(text.split())
    found = _STREET.search(text)
    if found:
        typed.places += address_words(found[0])
        text = text.replace(found[0], " ", 1)
    return text


def _ages(text: str, typed: Typed, today: date) -> str:
    for found in list(_AGE.finditer(text)):
        if int(found[1]) <= 110:
            typed.ages.append(int(found[1]))
            text = text.replace(found[0], " ", 1)
    for year in re.findall(r"(?<!\w)(\d{4})(?!\w)", text):
        if 1900 <= int(year) <= today.year:
            typed.spans.append((date(int(year), 1, 1), date(int(year), 12, 31)))
            text = text.replace(year, " ", 1)
    return text
