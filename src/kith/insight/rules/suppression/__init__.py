"""The one place that hides small numbers. Everything that Kith publishes of a measure is asked of here, all at once.

**What is small.** One to four (a setting), and any number that few children stand behind: twelve reports of one child.
A share is small where either of its parts is: three of forty, or thirty-seven of forty. Noughts are shown, unless a
setting hides them. Pages show the same sign for a number that is small and for one that is hidden with it.

**What nobody may do** with all that is published of a measure, in this cut and in earlier ones: work a small number
out, narrow it down to within one either way, or have one by subtracting. A test attacks what comes out here with linear
programs.

**How totals are kept safe.** Where numbers add up, time is cut into blocks: a month that is not small is a block of its
own; a small one is put together with the month before it, or, at the beginning of a quarter, with those after it, until
the block is not small. A window (month, quarter, twelve months) is published only where it begins and ends between
two blocks, so whatever is subtracted from whatever, no less than a whole block comes out. Blocks are closed in order of
time, from what was known by then: what a cut publishes, a later cut does not undo. For that the newest month is held
back where it may have to be put together with the next: where its quarter ends later, and the months of its year were
not all well above small. Blocks begin with a year, so that cuts which begin a month later do not make others; months
before it are not published.

Where they do not add up (the same child in two months), a window is published where it differs by nothing small from
every older one inside it or around it.

**How groups are kept safe.** Breakdowns are published for fixed windows only: financial years and, where numbers add up
(events, not children), their quarters. Rolling windows by group could be subtracted from each other month after month.
In each breakdown of each window at least one more group is hidden with a small one, and more where what is left would
still tell. Quarters stand as they were published when the year is complete; numbers of the last quarter, or else of the
year, are hidden too where quarters and year together would give a small one away.

**Problem profiles** are of places, themes and localities at once, in windows that overlap: `tens` tells their numbers,
each by itself alone.

**What is not kept safe here.** When a cut begins a year later than the one before, blocks begin anew, which could tell
of a small month at the very end of the year before. A number that is corrected later (a report that came late) can be
subtracted from what an earlier cut said: keep breakdowns until a quarter has settled. Two measures that count the same
thing, as "missing from care" and the group "in care" of "missing", are not compared with each other.
"""

from kith.insight.rules.suppression.numbers import Adds, Cell, Figures, Number, Published, Settings
from kith.insight.rules.suppression.together import publishable, tell
from kith.insight.rules.suppression.told import Kin, Told

__all__ = ["Adds", "Cell", "Figures", "Kin", "Number", "Published", "Settings", "Told", "publishable", "tell"]
