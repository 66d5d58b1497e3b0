"""One breakdown of one window: which groups to hide with the small ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kith.insight.rules.suppression.numbers import Number, Settings

ROOM = 2  # a small number must be able to be this much more, or this much less, than it is


def is_enough(total: int, groups: int, settings: Settings) -> bool:
    """Whether a whole is so large that its groups may be published at all, whatever they are.

    So many that even if all groups were hidden, and known not to be none, each could be more or less than it is.
    """
    return total >= max(2 * settings.fewest, settings.fewest - 2 + groups)


def have_enough(groups: Mapping[str, Number], settings: Settings) -> bool:
    """Whether there are none of some groups together, or so many that they may be published at all."""
    total = sum(number.count for number in groups.values())
    return not total or is_enough(total, len(groups), settings)


def hidden_groups(groups: Mapping[str, Number], settings: Settings, also: Collection[str] = ()) -> set[str]:
    """Which groups to hide, where the whole is known: the small, and the fewest, smallest others that protect them."""
    hidden = {group for group, number in groups.items() if number.is_small(settings)} | set(also)
    for group in smallest_first({group: number.count for group, number in groups.items()}, hidden):
        if is_line_safe(groups, hidden, settings):
            break
        hidden.add(group)
    return hidden


def smallest_first(counts: Mapping[str, int], without: Collection[str]) -> list[str]:
    """Groups in the order in which they are hidden: the smallest first, the empty last."""
    return sorted(set(counts) - set(without), key=lambda group: (counts[group] == 0, counts[group], group))


def is_line_safe(groups: Mapping[str, Number], hidden: Collection[str], settings: Settings) -> bool:
    """Whether no small hidden number follows from the sum of all that are hidden."""
    total = sum(groups[group].count for group in hidden)
    if hidden and total and settings.is_small(total):
        return False
    least = sum(at_least(groups[group].count, settings) for group in hidden)
    for group in hidden:
        count = groups[group].count
        if not groups[group].is_small(settings):
            continue
        most = total - least + at_least(count, settings)
        if len(hidden) < 2 or not has_room(count, at_least(count, settings), most):
            return False
    return True


def at_least(count: int, settings: Settings) -> int:
    """What is known of a hidden number at the least: where noughts are shown, that it is none, unless it is."""
    return 0 if settings.hide_noughts or count == 0 else 1


def has_room(number: int, least: int, most: int) -> bool:
    """Whether a number is not narrowed down to within one either way."""
    return most >= number + ROOM or least <= number - ROOM


def hidden_shares(groups: Mapping[str, Number], counts_hidden: Collection[str], settings: Settings) -> set[str]:
    """Of which groups to hide the part that met it; the parts of the whole are known, and the counts not hidden."""
    hidden = {group for group, number in groups.items() if number.has_small_part(settings)} | set(counts_hidden)
    for group in smallest_first({group: number.count for group, number in groups.items()}, hidden):
        if _are_shares_safe(groups, hidden, settings):
            break
        hidden.add(group)
    return hidden


def have_shares(groups: Mapping[str, Number], settings: Settings) -> bool:
    """Whether parts of groups may be published at all: each part of the whole is none, or large enough."""
    parts = [one.parts for one in groups.values() if one.parts is not None]
    wholes = [sum(part) for part in zip(*parts, strict=True)]
    return len(parts) == len(groups) and all(not one or is_enough(one, len(groups), settings) for one in wholes)


def _are_shares_safe(groups: Mapping[str, Number], hidden: Collection[str], settings: Settings) -> bool:
    rest = {group: _bounds(groups[group], settings) for group in hidden}
    met = sum(groups[group].met or 0 for group in hidden)
    unmet = sum(groups[group].count for group in hidden) - met
    if any(settings.is_small(part) for part in (met, unmet) if part):
        return False
    least, most = sum(low for low, _ in rest.values()), sum(high for _, high in rest.values())
    for group in hidden:
        number, (low, high) = groups[group], rest[group]
        lowest, highest = max(low, met - (most - high)), min(high, met - (least - low))
        for part, bottom, top in (
            (number.met or 0, lowest, highest),
            (number.count - (number.met or 0), number.count - highest, number.count - lowest),
        ):
            if number.count and settings.is_small(part) and not has_room(part, bottom, top):
                return False
    return True


def _bounds(number: Number, settings: Settings) -> tuple[int, int]:
    """Between what the part that met it lies, by what is known of its count."""
    met, unmet = number.parts or (0, number.count)
    return at_least(met, settings), number.count - at_least(unmet, settings)
