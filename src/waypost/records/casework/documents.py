"""Documents: which of them someone may open, and who may add one.

A document is opened with the child's record, and more narrowly where it says so:

* an ordinary one by everyone who may open the record;
* a confidential one by those of them whose role records, reviews or inspects the work: not by partner agencies, nor by
  those who count;
* one about or from someone else by the workers to whom, or to whose team, the child is allocated, and by those who
  approve their work;
* and each by whoever added it, as long as they may open the record.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from waypost.access.actor import Actor
from waypost.access.rules import Decision, No
from waypost.records.casework import visibility
from waypost.records.casework.models import Allocation, Child, Document
from waypost.records.casework.models.dated import true_on
from waypost.records.casework.rules import OUT_OF_SCOPE, may_change_child

SAYS = (
    "Everyone who may open this record sees its ordinary documents. Confidential ones are shown to those whose role "
    "records, reviews or inspects the work. Those about or from someone else are shown to the allocated worker, their "
    "team and those who approve their work. Whoever added a document sees it too."
)
"""The rule, as the page of documents says it to everyone, so that it tells nobody what is hidden from them."""


def documents(actor: Actor) -> QuerySet[Any]:
    """The documents that someone may open."""
    allocated = Allocation.objects.filter(
        Q(worker=actor.user) | Q(team__in=actor.teams()), true_on(actor.today), child=OuterRef("child")
    )
    third_party = Q(Exists(allocated)) | Q(child__authority__in=actor.where("approve"))
    seen = (
        Q(sensitivity=Document.ORDINARY)
        | Q(sensitivity=Document.CONFIDENTIAL, child__authority__in=actor.where("see_confidential"))
        | Q(Q(sensitivity=Document.THIRD_PARTY) & third_party)
        | Q(added_by=actor.user)
    )
    return Document.objects.filter(seen, child__in=visibility.children(actor))


def may_change_document(by: Actor, document: Document) -> Decision:
    """Whoever records on the child's record may say who opens a document that they may open themself."""
    if not documents(by).filter(pk=document.pk).exists():
        return No(OUT_OF_SCOPE)
    return by.may("change_person", document.child.authority_id)


def may_add_document(by: Actor, child: Child) -> Decision:
    return may_change_child(by, child)
