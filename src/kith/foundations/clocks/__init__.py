"""Time allowed, counted as the law counts it. Plain Python; the time is always passed in."""

from kith.foundations.clocks.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    working_days_between,
)

__all__ = ["add_working_days", "bank_holidays", "is_working_day", "working_days_between"]
