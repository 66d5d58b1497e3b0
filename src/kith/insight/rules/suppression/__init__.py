"""The one place that hides small numbers. Everything that Kith publishes of a measure is asked of here, all at once.

**What is small.** One to four (a setting), and any number that few children stand behind: twelve reports of one child.
A share is small where either of its parts is: three of forty, or thirty-seven of forty. Noughts are shown, unless a
setting hides them.

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

**How cuts keep to each other.** Somebody may have read every cut. Each is told after those before it (`told`,
`standing`, `settled`), and what it told is kept beside it. A window is settled a month after its quarter has ended.
Groups are told once, when their window is settled, and stay as they were told: all that is ever told of them is one
table. A year is the sum of its quarters as they were told. Blocks stay; a settled total is told anew only where it is
not small and differs by nothing small from all that was ever told of it; numbers that do not add up, also of windows
inside it or around it. Until its window is settled, a total is what was counted. What is counted beside the measures
(children known here, how complete fields are) is told in the same way.

**Measures that count some of the same.** A measure's file says of what it is a part, and of which group it is the
number. A part is told as a share of its whole would be (`kin`): between the same blocks, where neither it nor the
rest is small, its groups for years only unless there is no rest; and both keep to what the other told. A group that
another measure tells protects no other group. A test finds measures that have the same numbers and do not say so.

**Problem profiles** are of places, themes and localities at once, in windows that overlap: `tens` tells their
numbers, each by itself alone. So are before and after work in a place, where anybody may ask of any months.

**Two signs.** What ends after the last block, in a quarter that is not complete, is told to be held back until it is,
whether or not it is small: that follows from the day and the last block, which everybody sees, and says nothing more.
All else that is hidden has one sign, small or hidden with a small one.

**What is not kept safe here.** How a total grows until its window is settled, by as little as one report, can be read
from cuts of those days. Parts of one whole that together are nearly all of it, as three outcomes of four, are each
held to the whole, not to each other. Where a whole's settled total is told anew as fewer, the groups of its parts are
from before. What was told by a version of Kith that did not keep to earlier cuts cannot be taken back.
"""

from kith.insight.rules.suppression.numbers import Adds, Cell, Figures, Number, Published, Settings
from kith.insight.rules.suppression.together import publishable, tell
from kith.insight.rules.suppression.told import Kin, Told

__all__ = ["Adds", "Cell", "Figures", "Kin", "Number", "Published", "Settings", "Told", "publishable", "tell"]
