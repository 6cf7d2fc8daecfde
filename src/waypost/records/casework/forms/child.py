"""What is asked on a child's pages."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from waypost.web.fields import DateField
from waypost.web.forms import Form


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


class DayForm(Form):
    """The day whose record is asked for."""

    on = DateField(label="Day", called="The day", required=False, not_after=yesterday)
