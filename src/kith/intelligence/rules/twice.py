"""Words in a version to be passed on that somebody should look at twice, before anybody else reads it.

One list, in which words that only the source's own record has stand among every other name: the list must not itself
tell who the source was. For the same reason a word of the source's record counts only where the report says it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[\w'’-]{3,}")
NUMBERS = re.compile(
    r"(?:\+44|0)[\d ]{8,13}\d"  # telephones
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # postcodes
    r"|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"  # registrations
    r"|\S+@\S+\.\w+"  # addresses of email
    r"|\b\d{1,4}[a-zA-Z]? (?:[A-Z]\w+ )+(?:Road|Street|Lane|Avenue|Close|Way|Drive|Place|Court|Terrace|Gardens)\b"
)
NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<!\n)\b[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Christmas|Easter|CCTV)"
)
COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "from",
        "with",
        "road",
        "street",
        "lane",
        "avenue",
        "close",
        "way",
        "drive",
        "place",
        "court",
        "school",
        "house",
        "flat",
        "mobile",
        "phone",
        "home",
        "work",
        "mum",
        "dad",
        "mother",
        "father",
        "her",
        "his",
        "she",
        "him",
        "they",
        "email",
        "said",
        "told",
        "number",
        "name",
    ]
)


def look_twice(text: str, *, report: str, source: Iterable[str], named: Iterable[str]) -> tuple[str, ...]:
    """Words of `text` that may tell who the source was, or that name somebody, in the order they stand.

    `source`: every text of the source's own record; `named`: values that the report names.
    """
    names = [match for match in NAME.finditer(text) if not DAY.fullmatch(match.group())]
    both = _words(" ".join(source)) & _words(report)
    said = [match for match in WORD.finditer(text) if match.group().casefold() in both]
    values = [re.escape(one.strip()) for one in named if one.strip()]
    known = [match for value in values for match in re.finditer(value, text, re.IGNORECASE)]
    return tuple(dict.fromkeys(_longest([*NUMBERS.finditer(text), *names, *said, *known])))


def _longest(found: Iterable[re.Match[str]]) -> Iterator[str]:
    """In the order they stand, without those that stand inside another."""
    end = 0
    for match in sorted(found, key=lambda one: (one.start(), -one.end())):
        if match.end() > end:
            yield match.group()
            end = match.end()


def _words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(text)} - COMMON
