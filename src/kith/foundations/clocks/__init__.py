"""Time allowed, counted as the law counts it. Plain Python; the time is always passed in."""

from kith.foundations.clocks.duty import HERE, Allowed, ClockRule, due, first_due, read_rules, rules_for
from kith.foundations.clocks.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

__all__ = [
    "HERE",
    "Allowed",
    "ClockRule",
    "add_working_days",
    "bank_holidays",
    "due",
    "first_due",
    "is_working_day",
    "read_rules",
    "rules_for",
    "working_days_between",
]
