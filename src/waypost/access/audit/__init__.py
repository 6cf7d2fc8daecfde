"""The audit trail as its owners read it: to look in, and to ask about what is unusual."""

from __future__ import annotations

from waypost.access import doors


def open_doors() -> None:
    """The doors of those who read the trail."""
    doors.register(
        doors.Door("Audit trail", "See who looked at or changed records, and when.", "trail", "see_audit", place=70)
    )
    doors.register(
        doors.Door(
            "Unusual looks", "Looks that you should ask about, and why.", "unusual", "see_audit", 71, within="trail"
        )
    )
