"""When the front door is open: Monday to Friday from 9 to 5, bank holidays left out. What comes at another time is out
of hours."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from waypost.domain.calendars import WorkingDayCalendar

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)


def is_out_of_hours(at: datetime, calendar: WorkingDayCalendar) -> bool:
    """Whether a moment lies outside the hours of the front door, by the clock of London. Five o'clock is outside."""
    here = at.astimezone(LONDON)
    return not (calendar.is_working_day(here.date()) and OPENS <= here.time() < CLOSES)
