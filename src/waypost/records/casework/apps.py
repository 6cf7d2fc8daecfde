"""The Django app of casework: what it opens in the scope, and the doors to its screens."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "waypost.records.casework"
    label = "casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        from waypost.access import acting, doors, trail
        from waypost.access.scope import Scope
        from waypost.records.casework import documents, unusual, visibility, warned
        from waypost.records.casework.search import index

        acting.follow(index.follow)
        trail.owned(visibility.owner)
        unusual.register()
        Scope.register("children", visibility.children)
        Scope.register("people", visibility.people)
        Scope.register("documents", documents.documents)
        Scope.register("warnings", warned.warnings)
        doors.register(
            doors.Door(
                title="Find a person",
                says="Look for a child or an adult before adding one.",
                view="find",
                needs="find_person",
                place=10,
            )
        )
        doors.register(
            doors.Door(
                title="Warnings to review",
                says="See the warnings whose review is overdue or due soon, and who must act.",
                view="warnings",
                needs="approve",
                place=40,
            )
        )
        for title, says, view, needs, place, within in (
            (
                "Likely duplicates",
                "Join two records of one person, or say that they are two.",
                "duplicates",
                "merge_people",
                50,
                "",
            ),
            ("Sealed records", "See which records are sealed, and who reads them.", "sealed", "seal", 60, ""),
            (
                "People you know",
                "Say whom you know, so that their records are closed to you.",
                "interests",
                "see_child",
                90,
                "",
            ),
            ("Opened in an emergency", "Say whether it was right.", "emergencies", "see_audit", 72, "trail"),
            ("Declared interests", "See who said that they know whom.", "interests_declared", "see_audit", 73, "trail"),
        ):
            doors.register(doors.Door(title, says, view, needs, place, within))
