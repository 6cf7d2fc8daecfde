"""What early help a child had, and whom it may be offered to: questions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from waypost.domain.dates import add_months
from waypost.records.casework.models import Child, Relationship
from waypost.records.pathway.family import PARENTS, SIBLINGS
from waypost.records.pathway.models import CinPlan, ContactChild, EarlyHelp, ProtectionPlan, Referral

GROWN_UP_MONTHS = 18 * 12


def was_tried_before(child: Child, on: date) -> bool:
    """Whether a child had early help before a day, such as the day a protection plan began."""
    return bool(EarlyHelp.objects.filter(child=child, opened_on__lt=on).exists())


def candidates(among: QuerySet[Child], *, today: date) -> list[Child]:
    """Younger brothers and sisters of children who are looked after or have offended, and who have no help now.

    That a child is looked after is read from how a plan ended, and an offence from the reason of a contact. Both the
    older child and the younger are among those whom the reader may see.
    """
    is_older = (
        Exists(ProtectionPlan.objects.filter(child=OuterRef("pk"), ended_by="looked_after"))
        | Exists(CinPlan.objects.filter(child=OuterRef("pk"), ended_by="looked_after"))
        | Exists(ContactChild.objects.filter(child=OuterRef("pk"), contact__reason="offending"))
    )
    older = dict(among.filter(is_older).values_list("person", "person__born_on"))
    related = _brothers_and_sisters(older)
    is_helped = Exists(EarlyHelp.objects.filter(child=OuterRef("pk"), closed_on=None))
    is_open = Exists(Referral.objects.filter(child=OuterRef("pk"), closed_on=None))
    young = among.filter(
        ~is_helped, ~is_open, person__in=related, person__born_on__gt=add_months(today, -GROWN_UP_MONTHS)
    )
    found = young.select_related("person").prefetch_related("person__names").order_by("-person__born_on", "pk")
    return [child for child in found if _is_younger(child, related[child.person_id], older)]


def _is_younger(child: Child, than: set[uuid.UUID], born: Mapping[uuid.UUID, date | None]) -> bool:
    own = child.person.born_on
    return own is not None and any(day and day < own for day in (born[key] for key in than))


def _brothers_and_sisters(people: Mapping[uuid.UUID, object]) -> Mapping[uuid.UUID, set[uuid.UUID]]:
    """The brothers and sisters of some people, each with those of them whose brother or sister they are."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    ties = Relationship.objects.filter(ended_on=None)
    parents = ties.filter(kind__in=PARENTS, other__in=people)
    of_parents: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for parent, child in ties.filter(kind__in=PARENTS, person__in=parents.values("person")).values_list(
        "person", "other"
    ):
        of_parents[parent].add(child)
    for children in of_parents.values():
        for one in children:
            found[one] |= {other for other in children if other in people and other != one}
    siblings = ties.filter(kind__in=SIBLINGS)
    for one, other in (siblings.filter(person__in=people) | siblings.filter(other__in=people)).values_list(
        "person", "other"
    ):
        found[one] |= {other} & people.keys()
        found[other] |= {one} & people.keys()
    return found
