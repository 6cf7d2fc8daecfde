"""The Django app of the pathway: what it opens in the scope, the doors to its screens, its part of a child's page."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.apps import AppConfig

from waypost.access.doors import Door

DOORS = (
    Door("My work", "See what you must do, and by when.", "my_work", "work_case", 1, is_home=True),
    Door(
        "Team work",
        "See who carries what, what will be late, and what waits.",
        "team_work",
        "allocate",
        2,
        is_home=True,
    ),
    Door("Contacts", "Record what comes in, see what is known, and decide.", "contacts", "screen_contact", 3),
    Door(
        "Enquiries and plans",
        "See what has gone on too long, and which children have no plan or no worker.",
        "list_plans",
        "approve",
        6,
    ),
    Door(
        "Plans and core groups",
        "See which plans have run long, and who misses core groups.",
        "list_core_groups",
        "hold_conference",
        6,
    ),
    Door("Assessments", "See which are not finished, and how late they are.", "assessments_unfinished", "approve", 30),
    Door(
        "Data quality",
        "See what is missing or wrong in records, by team, and how to put it right.",
        "data_quality",
        "list_shortcomings",
        40,
    ),
)
TABS = (
    ("Journey", "child_journey", 10),
    ("Chronology", "child_chronology", 20),
    ("Referrals", "child_referrals", 22),
    ("Protection", "child_protection", 24),
    ("Plan", "child_plan", 25),
    ("Visits", "child_visits", 26),
    ("Meetings", "child_meetings", 27),
)


class PathwayConfig(AppConfig):
    name = "waypost.records.pathway"
    label = "pathway"
    verbose_name = "Pathway"

    def ready(self) -> None:
        from waypost.access import acting, doors
        from waypost.access.local import previews
        from waypost.access.scope import Scope
        from waypost.records.casework import approving
        from waypost.records.pathway import quality, scopes
        from waypost.records.pathway.clocks import kept, moved

        self._register_openers()
        self._take_part_in_the_childs_page()
        acting.follow(kept.follow)
        acting.follow(quality.follow)
        for kind in moved.KINDS:
            previews.register(kind, moved.preview)
        for door in DOORS:
            doors.register(door)
        approving.shown_by("pathway.Assessment", view="assessment", says="Read the assessment", decided_there=True)
        approving.shown_by("pathway.Enquiry", view="enquiry", says="Read the enquiry", decided_there=True)
        for name, reader in scopes.readers().items():
            Scope.register(name, reader)

    @staticmethod
    def _take_part_in_the_childs_page() -> None:
        from waypost.records.casework import beside
        from waypost.records.pathway import quality, standing
        from waypost.records.pathway.presenters import quality as shortcomings
        from waypost.records.pathway.views import journey

        for title, view, place in TABS:
            beside.add_tab(beside.Tab(title, view, place))
        beside.add_stands(standing.where_things_stand)
        beside.add_first_look(beside.FirstLook("pathway/journey/_first_look.jinja", journey.first_look))
        beside.add_first_look(beside.FirstLook("pathway/quality/_first_look.jinja", shortcomings.first_look))
        beside.add_sentences(quality.beside_fields)

    @staticmethod
    def _register_openers() -> None:
        """Each module of actions says, where it is read, how its steps begin (`opening.py`)."""
        from waypost.records.pathway import actions

        for module in pkgutil.iter_modules(actions.__path__):
            import_module(f"{actions.__name__}.{module.name}")
