"""A printed date -> ISO 8601 at its own precision. RECORD.md, "Dates", is the rule: nothing is filled in."""

from __future__ import annotations

from ingest.dates.find import (
    Order,
    PrintedDate,
    day_order,
    find_dates,
    is_date_line,
    parse_date,
    without_dates,
)
from ingest.dates.machine import iso, same_day
from ingest.dates.today import find_times

__all__ = [
    "Order",
    "PrintedDate",
    "day_order",
    "find_dates",
    "find_times",
    "is_date_line",
    "iso",
    "parse_date",
    "same_day",
    "without_dates",
]
