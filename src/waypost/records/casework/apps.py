"""The Django app of casework: what it opens in the scope, and the doors to its screens."""

from __future__ import annotations

from django.apps import AppConfig

from waypost.access.doors import Door

DOORS = (
    Door("Find a person", "Look for a child or an adult before adding one.", "find", "find_person", 10),
    Door(
        "Waiting for approval",
        "Approve what others put before you, or return it for changes.",
        "approvals",
        "approve",
        35,
    ),
    Door(
        "Warnings to review",
        "See the warnings whose review is overdue or due soon, and who must act.",
        "warnings",
        "approve",
        40,
    ),
    Door(
        "Likely duplicates",
        "Join two records of one person, or say that they are two.",
        "duplicates",
        "merge_people",
        50,
    ),
    Door("Sealed records", "See which records are sealed, and who reads them.", "sealed", "seal", 60),
    Door(
        "People you know", "Say whom you know, so that their records are closed to you.", "interests", "see_child", 90
    ),
    Door("Opened in an emergency", "Say whether it was right.", "emergencies", "see_audit", 72, "trail"),
    Door("Declared interests", "See who said that they know whom.", "interests_declared", "see_audit", 73, "trail"),
)


class CaseworkConfig(AppConfig):
    name = "waypost.records.casework"
    label = "casework"
    verbose_name = "Casework"

    def ready(self) -> None:
        from waypost.access import acting, doors, trail
        from waypost.access.scope import Scope
        from waypost.records.casework import approving, carried, documents, unusual, visibility, warned
        from waypost.records.casework.search import index

        acting.follow(index.follow)
        trail.owned(visibility.owner)
        carried.register()
        unusual.register()
        Scope.register("children", visibility.children)
        Scope.register("people", visibility.people)
        Scope.register("documents", documents.documents)
        Scope.register("warnings", warned.warnings)
        Scope.register("approvals", approving.approvals)
        for door in DOORS:
            doors.register(door)
