"""Addresses of work, the journey and the chronology."""

from __future__ import annotations

from django.urls import path

from waypost.records.pathway.views import chronology, journey, quality, work

PATHS = [
    path("work", work.mine, name="my_work"),
    path("work/team", work.team, name="team_work"),
    path("data-quality", quality.page, name="data_quality"),
    path("work/cover", work.cover, name="cover"),
    path("work/hand-overs/<uuid:key>", work.answer, name="hand_over_answer"),
    path("work/workers/<uuid:worker>/move", work.move, name="work_move"),
    path("work/moved/<uuid:batch>", work.moved, name="work_moved"),
    path("children/<uuid:key>/worker", work.allocate, name="child_allocate"),
    path("children/<uuid:key>/journey", journey.page, name="child_journey"),
    path("children/<uuid:key>/chronology", chronology.page, name="child_chronology"),
    path("children/<uuid:key>/chronology/new", chronology.add, name="chronology_add"),
    path("children/<uuid:key>/chronology/court", chronology.export, name="chronology_export"),
    path("children/<uuid:key>/chronology/<uuid:entry>", chronology.change, name="chronology_change"),
    path("children/<uuid:key>/chronology/<uuid:entry>/back", chronology.back, name="chronology_back"),
    path("children/<uuid:key>/chronology/events/<uuid:row>/tell", chronology.tell, name="chronology_tell"),
    path("children/<uuid:key>/chronology/events/<uuid:row>/leave", chronology.leave, name="chronology_leave"),
]
