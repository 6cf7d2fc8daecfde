"""Every address of the pathway; those of each subject are in `addresses/`."""

from __future__ import annotations

from waypost.records.pathway.addresses import assessments, front_door, protection, work

urlpatterns = [*front_door.PATHS, *assessments.PATHS, *protection.PATHS, *work.PATHS]
