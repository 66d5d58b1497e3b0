"""What is true of a history of absences, worked out a second time and apart from the code.

Written from the words of the rules alone, with whole minutes since 1 January 2000 (UTC) for every moment and a calendar
of its own: summer time here begins on the last Sunday of March and ends on the last Sunday of October, each at one
o'clock in the night (UTC). Nothing of the rules that it checks is used, and it is as simple as it is slow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

MINUTES = 1440
NEVER = 10**12
BEGINNING = date(2000, 1, 1).toordinal()


def summer(minute: int) -> bool:
    """Whether clocks here stand an hour ahead."""
    year = date.fromordinal(BEGINNING + minute // MINUTES).year
    return last_sunday(year, 3) * MINUTES + 60 <= minute < last_sunday(year, 10) * MINUTES + 60


def last_sunday(year: int, month: int) -> int:
    """Days since the beginning."""
    last = date(year, month, 31)
    return last.toordinal() - BEGINNING - (last.weekday() + 1) % 7


def day_of(minute: int) -> int:
    """The day here, in days since the beginning."""
    return (minute + (60 if summer(minute) else 0)) // MINUTES


def start_of(day: int) -> int:
    """The first minute of a day here."""
    midnight = day * MINUTES
    return midnight - 60 if summer(midnight - 60) else midnight


@dataclass
class Account:
    """What one agency told. Times known to the day only are that day's first minute."""

    agency: int
    gone: int
    back: int | None = None
    gone_is_day: bool = False
    back_is_day: bool = False
    missing: bool = True
    in_care: bool = False
    withdrawn: bool = False

    @property
    def counts(self) -> bool:
        return self.missing and not self.withdrawn


@dataclass
class Said:
    """A person here who says that a child is back (`correction`: who sets the time right)."""

    back: int
    correction: bool


@dataclass
class Absence:
    """Accounts that tell of one absence, and what people here said of the return, in the order told."""

    accounts: list[Account]
    told: list[Account | Said] = field(default_factory=list)
    in_error: bool = False

    @property
    def gone(self) -> int:
        """As first told."""
        return self.accounts[0].gone

    def back(self) -> tuple[int, bool] | None:
        """The last correction; else of the earliest day on which anybody says the child was back, the earliest time
        anybody knows, or the day where nobody knows a time. Never before the child was gone.
        """
        corrections = [one for one in self.told if isinstance(one, Said) and one.correction]
        if corrections:
            return max(corrections[-1].back, self.gone), False
        words = []
        for one in self.told:
            if isinstance(one, Said):
                words.append((one.back, False))
            elif one.back is not None and not one.withdrawn:
                words.append((one.back, one.back_is_day))
        if not words:
            return None
        first_day = min(day_of(minute) for minute, _ in words)
        that_day = [word for word in words if day_of(word[0]) == first_day]
        minute, is_day = min([word for word in that_day if not word[1]] or that_day)
        return max(minute, self.gone), is_day

    def until(self) -> int:
        """The last minute at which it may have gone on."""
        back = self.back()
        if back is None:
            return NEVER
        return start_of(day_of(back[0]) + 1) if back[1] else back[0]

    def due(self) -> int | None:
        """When the conversation is to have been held: seventy-two hours that passed after the return."""
        back = self.back()
        return None if back is None else back[0] + 72 * 60


class History:
    """One child's absences, as agencies and people tell of them."""

    def __init__(self) -> None:
        self.absences: list[Absence] = []

    def tell(self, account: Account) -> int:
        """Which absence an account tells of: one that it overlaps and that its agency has not told of, the one that
        began nearest, the one told first of two; or one that is new.
        """
        fits = [
            (abs(one.gone - account.gone), number)
            for number, one in enumerate(self.absences)
            if not one.in_error
            and not any(told.agency == account.agency and not told.withdrawn for told in one.accounts)
            and self._meet(account, one)
        ]
        if fits:
            number = min(fits)[1]
        else:
            number = len(self.absences)
            self.absences.append(Absence([]))
        self.absences[number].accounts.append(account)
        self.absences[number].told.append(account)
        return number

    def _meet(self, account: Account, absence: Absence) -> bool:
        """Whether there may be a minute at which both went on, or both began in the same one."""
        end = NEVER
        if account.back is not None:
            end = start_of(day_of(account.back) + 1) if account.back_is_day else account.back
        if account.gone == absence.gone:
            return True
        return account.gone < absence.until() and absence.gone < end

    def all_accounts(self) -> list[Account]:
        return [account for absence in self.absences for account in absence.accounts if not absence.in_error]


def five(counted: list[tuple[int, int, bool]], first: int, until: int) -> tuple[int, ...]:
    """Children, reports, repeat children, children from care, repeat children from care: of (child, day, from care)."""
    inside = [one for one in counted if first <= one[1] < until]
    children = sorted(child for child, _, _ in inside)
    careful = sorted(child for child, _, care in inside if care)
    return (
        len(set(children)),
        len(children),
        len({child for child in children if children.count(child) >= 2}),
        len(set(careful)),
        len({child for child in careful if careful.count(child) >= 2}),
    )


def counts(histories: list[History], agencies: set[int] | None, first: int, until: int) -> tuple[int, ...]:
    """The five measures between two days: of these agencies' accounts, or (None) of absences."""
    counted = []
    for child, history in enumerate(histories):
        for absence in history.absences:
            if absence.in_error:
                continue
            told = [one for one in absence.accounts if one.counts]
            if agencies is None and told:
                counted.append((child, day_of(absence.gone), any(one.in_care for one in told)))
            elif agencies is not None:
                counted += [(child, day_of(one.gone), one.in_care) for one in told if one.agency in agencies]
    return five(counted, first, until)


def told_by(absence: Absence, police: set[int], council: set[int], first: int, until: int) -> str:
    """Which side counts an absence between two days: both, police, council, neither; "" where nobody does."""
    if absence.in_error:
        return ""
    sides = {
        "police" if one.agency in police else "council" if one.agency in council else "other"
        for one in absence.accounts
        if one.counts and first <= day_of(one.gone) < until
    }
    if {"police", "council"} <= sides:
        return "both"
    return next((side for side in ("police", "council") if side in sides), "neither" if sides else "")


def rows_903(
    absences: list[tuple[str, int, int | None]],
    born: int,
    care: list[tuple[int, int | None]],
    placements: list[tuple[int, int | None]],
    year: tuple[int, int],
) -> list[tuple[str, int, int | None]]:
    """What the looked after children return takes of (letter, day gone, day back): letter, day of start, day of end.

    Only from days in care on (the day on which care ends is none), after birth; over at the latest when care is; over
    on the day on which the placement was left that they went from, where nothing else ended it by the year's last day,
    and so not this year's where that was before the year; open where it still went on when the year's last day ended;
    nothing that was over before the year or began after it; the first of two that overlap, where one may begin on the
    day on which another ended.
    """
    told = []
    for letter, gone, back in absences:
        times = [until for since, until in care if since <= gone < (NEVER if until is None else until)]
        if gone <= born or not times or gone > year[1] or (back is not None and back < year[0]):
            continue
        left = [until for since, until in placements if until is not None and since <= gone < until]
        if gone < year[0] and left and left[0] < year[0]:
            continue
        end = min(NEVER if back is None else back, NEVER if times[0] is None else times[0])
        if end > year[1]:
            end = left[0] if left and left[0] <= year[1] else NEVER
        if end >= year[0]:
            told.append((gone, end, letter))
    rows: list[tuple[str, int, int | None]] = []
    latest = -NEVER
    for gone, end, letter in sorted(told, key=lambda one: (one[0], one[1])):
        if gone >= latest:
            rows.append((letter, gone, None if end == NEVER else end))
            latest = end
    return rows
