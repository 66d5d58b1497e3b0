"""What is new for me: a child, group or place at a time, what matters first, only since I last looked at each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from textwrap import shorten

from kith.chronology.kinds import kind as entry_kind
from kith.desk.queries import NewEntry
from kith.foundations.access.models import BreakGlass
from kith.foundations.design_system import words
from kith.linkage.rules.facts import FactLine, FactValue
from kith.subjects.queries import CircleSubject

NEW_FOR = timedelta(days=7)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
AT_A_TIME = 8
AT_ONCE = 5  # more records than these, opened to somebody in one moment, are a caseload and no news
LINES_EACH = 3
# Facts that change what a worker does; a postcode spelt two ways waits on the record itself.
CONSEQUENTIAL = frozenset(
    {"first_name", "last_name", "date_of_birth", "died_on", "interpreter", "legal_status", "in_care_since"}
)


@dataclass(frozen=True)
class NewsLine:
    """One thing that is new: what, when in words, the page where it is acted on."""

    what: str
    when: str
    page: str
    significant: bool = False


@dataclass(frozen=True)
class News:
    """What is new about one child, group or place: a few lines, and how many more there are."""

    subject_id: int
    name: str
    lines: tuple[NewsLine, ...]
    more: str
    significant: bool


@dataclass(frozen=True)
class NewsShown:
    """A page of what is new; `next_shown` is how many to ask for, to see more; 0 where this is everything."""

    news: tuple[News, ...]
    total: int
    next_shown: int


@dataclass(frozen=True)
class Found:
    """One thing that is new and what orders it: a broken glass before a disagreement before an entry."""

    subject_id: int
    at: datetime
    line: NewsLine
    first: int = 0


@dataclass(frozen=True)
class Looked:
    """When somebody last looked at each of their records; a record they never looked at is not among them."""

    last: Mapping[int, datetime]
    now: datetime

    def before(self, subject_id: int, moment: datetime) -> bool:
        """Whether something came since the last look."""
        return subject_id not in self.last or self.last[subject_id] < moment


def show_news(found: Sequence[Found], names: Mapping[int, str], shown: int) -> NewsShown:
    """The newest of those with something significant first, then the newest of the others."""
    by_subject: dict[int, list[Found]] = defaultdict(list)
    for one in found:
        if one.subject_id in names:
            by_subject[one.subject_id].append(one)
    order = sorted(by_subject, key=lambda pk: _first(by_subject[pk]), reverse=True)
    news = tuple(_news(pk, names[pk], by_subject[pk]) for pk in order[:shown])
    return NewsShown(news, len(order), shown + AT_A_TIME if len(order) > shown else 0)


def _first(found: Sequence[Found]) -> tuple[bool, datetime]:
    return any(one.line.significant for one in found), max(one.at for one in found)


def _order(one: Found) -> tuple[int, bool, datetime]:
    return one.first, one.line.significant, one.at


def _news(subject_id: int, name: str, found: Sequence[Found]) -> News:
    lines = [one.line for one in sorted(found, key=_order, reverse=True)]
    rest = len(lines) - LINES_EACH
    return News(subject_id, name, tuple(lines[:LINES_EACH]), f"and {rest} more" if rest > 0 else "", _first(found)[0])


def new_entries(entries: Sequence[NewEntry], looked: Looked) -> list[Found]:
    """Entries that came since the last look: each significant one, and how many others together."""
    found, others = [], defaultdict[int, list[NewEntry]](list)
    for entry in entries:
        if not looked.before(entry.subject_id, entry.recorded_at):
            continue
        if entry.significant:
            line = NewsLine(_what(entry), words.short_day(entry.on), "record-chronology", significant=True)
            found.append(Found(entry.subject_id, _happened(entry.on), line))
        else:
            others[entry.subject_id].append(entry)
    return found + [_counted(subject_id, few) for subject_id, few in others.items()]


def _counted(subject_id: int, entries: Sequence[NewEntry]) -> Found:
    kinds = Counter(entry_kind(entry.kind).title.lower() for entry in entries)
    named = ", ".join(title for title, _ in kinds.most_common(3))
    what = f"{words.count(len(entries), 'new entry', 'new entries')}: {named}"
    latest = max(entries, key=lambda entry: entry.on)
    line = NewsLine(what, words.short_day(latest.on), "record-chronology")
    return Found(subject_id, _happened(latest.on), line)


def _what(entry: NewEntry) -> str:
    """Its kind and what it says, without saying one word twice: "Missing: reported …", but "Return conversation. …"."""
    title, summary = entry_kind(entry.kind).title, shorten(entry.summary, 140, placeholder="…")
    return summary if title.casefold().split()[0] in summary.casefold() else f"{title}: {summary}"


def _happened(on: date) -> datetime:
    return datetime.combine(on, time.max, tzinfo=words.UK)


def newly_opened(circles: Sequence[CircleSubject], looked: Looked) -> list[Found]:
    """Records that were opened to the viewer in the last days and not yet looked at;

    not the whole caseload that a first load opens at once.
    """
    together = Counter(circle.opened_at for circle in circles)
    new = [c for c in circles if looked.now - c.opened_at <= NEW_FOR and together[c.opened_at] <= AT_ONCE]
    return [
        Found(
            c.subject.pk,
            c.opened_at,
            NewsLine(f"Opened to you: {c.because}", words.ago(c.opened_at, looked.now), "record"),
        )
        for c in new
        if looked.before(c.subject.pk, c.opened_at)
    ]


def broken_glass(broken: Sequence[BreakGlass], looked: Looked) -> list[Found]:
    """Somebody broke the glass on a record of the viewer's. That stays until it is reviewed, looked at or not."""
    return [
        Found(
            one.subject_id,
            one.at,
            NewsLine(
                f"{one.viewer.name} opened this record outside their work: {one.reason}",
                words.ago(one.at, looked.now),
                "record-looked",
                significant=True,
            ),
            first=2,
        )
        for one in broken
        if one.reviewed_at is None or looked.before(one.subject_id, one.at)
    ]


def new_disagreements(facts: Mapping[int, Sequence[FactLine]], looked: Looked) -> list[Found]:
    """Agencies disagree about what matters, by something stated since the last look: one line a record."""
    found = []
    for subject_id, lines in facts.items():
        lines = [line for line in lines if line.field in CONSEQUENTIAL]
        at = max((stated for line in lines for stated in _stated(line.values)), default=LONG_AGO)
        if lines and looked.before(subject_id, at):
            titles = [line.title.lower() for line in lines]
            about_what = " and ".join(part for part in (", ".join(titles[:-1]), titles[-1]) if part)
            line = NewsLine(f"Agencies disagree about {about_what}", "", "record")
            found.append(Found(subject_id, at, line, first=1))
    return found


def _stated(values: Sequence[FactValue]) -> list[datetime]:
    """When each was stated, as the end of its day: what was stated on the day of the look may have come after it."""
    days = [source.stated_on for value in values for source in value.sources if source.stated_on]
    return [_happened(day) for day in days]
