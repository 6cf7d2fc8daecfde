"""Write the table of bank holidays that Waypost ships, from the `holidays` package.

Run when a new one-off day is proclaimed, after upgrading `holidays`:

    python tools/make_bank_holidays.py

The table holds weekdays only: where a holiday falls on a Saturday or Sunday, the day kept instead is the holiday.
England and Wales share one list, so England's is taken.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 1990, 2035
TABLE = Path(__file__).parents[1] / "src/waypost/domain/bank_holidays.csv"
SATURDAY = 5


def bank_holidays() -> list[tuple[date, str]]:
    """Every weekday bank holiday of the years kept, in order, with its name."""
    england = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return sorted((day, name) for day, name in england.items() if day.weekday() < SATURDAY)


def main() -> None:
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("date", "name"))
        rows.writerows((day.isoformat(), name) for day, name in bank_holidays())


if __name__ == "__main__":
    main()
