"""The limits that run for a child: which there are (`running`), kept for lists (`kept`), and shown with their working.

A clock starts with an event of the record and stops with another. What the limit is, and when it is due, is the rule of
`domain/timescales` with the authority's own settings; here stands only which event starts and stops which clock.
"""

from waypost.records.pathway.clocks.running import Running, running
from waypost.records.pathway.clocks.shown import ShownClock, shown

__all__ = ["Running", "ShownClock", "running", "shown"]
