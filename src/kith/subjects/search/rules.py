"""What the search may show to whom, what it takes for the same date, and how much each likeness counts.

Plain facts, no database and no clock. The rule of who may be shown is carried out in sql/find.sql; it is said here in
the words that the help page shows.
"""

from __future__ import annotations

from dataclasses import dataclass

RESULTS_A_PAGE = 10
MOST_RESULTS = 50  # beyond these a search is too wide to read; the page asks for more to go on
MOST_HEADLINES = 10
MOST_WORDS = 8  # typed words that are looked for; the rest of a long text is not
LIVE_FROM = 3  # characters typed before results appear on their own

WHO_MAY_BE_FOUND = (
    "You find everybody, every group and every place that your work has opened to you, however little you type.",
    "Of others you find only that they are known and whom to ring, and only when you already know who you mean: type a "
    "first and a last name with a date of birth, a year of birth or an age, or an NHS number, a unique pupil number or "
    "an agency's own number of six characters or more. A group or a place needs its whole name; for a public place its "
    "postcode will do.",
    "Names need not be spelt right, and a date of birth may have its day and month changed round or one figure wrong. "
    "Where the date of birth is exactly right, one of two names may be quite different, since names change.",
    "Somebody who may not be shown to you at all gives the same answer as somebody who is not here.",
    "What you type and whom you were shown is recorded, and can be read by those who check who looked.",
)
EXAMPLES = (
    ("A name and a date of birth", "Amara Osei 8/12/2010, or Amara Osei 8 Dec 2010"),
    ("A name and an age", "Amara Osei 15"),
    ("A name and a year or month of birth", "Osei 2010, or Osei Dec 2010"),
    ("Part of a name, of somebody you work with", "ama"),
    ("An NHS number, pupil number or an agency's number", "485 777 3457"),
    ("An address or postcode of somebody you work with", "14 Harbour Road, or QX1 4QR"),
    ("A group or a place", "Harbour Park"),
    ("A name used online", "@harbourcrew"),
)


@dataclass(frozen=True)
class Likeness:
    """How far a name's word may be from what was typed: 0 is the same, .9 and more is not alike."""

    equated: float = 0.08  # another form of the same name, as Liz for Elizabeth
    slip: float = 0.28  # one letter missing, extra, wrong or changed round, in a word of seven letters
    two_slips: float = 0.55
    sound: float = 0.34
    each_letter_fewer: float = 0.05  # a slip weighs more in a short word


LIKENESS = Likeness()


def slip_far(length: int) -> float:
    """One slip in a word of so many letters."""
    return LIKENESS.slip + LIKENESS.each_letter_fewer * max(0, 7 - length)


def two_slips_far(length: int) -> float:
    """Two slips; in a word of six letters they leave little."""
    return LIKENESS.two_slips + 2 * LIKENESS.each_letter_fewer * max(0, 8 - length)


def sound_far(length: int) -> float:
    """The same sound; short names share sounds by chance."""
    return LIKENESS.sound + LIKENESS.each_letter_fewer * max(0, 6 - length)


@dataclass(frozen=True)
class DateLikeness:
    """How one date stands to the date that was typed: in words, how much it counts, and whether it is close enough."""

    key: str
    words: str
    points: float
    firm: bool = True


DATE_LIKENESSES = {
    one.key: one
    for one in (
        DateLikeness("same", "born on that day", 10.0),
        DateLikeness("swapped", "born that day, with day and month the other way round", 8.0),
        DateLikeness("day", "born that month, on another day", 5.0),
        DateLikeness("figure", "born on a date with one figure different", 6.5),
        DateLikeness("near", "born within a day of that date", 6.5),
        DateLikeness("month", "born on that day of another month in the same year", 5.0),
        DateLikeness("year", "born on that day in another year", 5.0),
        DateLikeness("in", "born then", 5.0),
        DateLikeness("age", "that age", 4.5),
        DateLikeness("age-near", "a year younger or older", 2.0),
    )
}
YEARS_OUT = 3  # the same day and month in a year at most so far away is taken for a slip
