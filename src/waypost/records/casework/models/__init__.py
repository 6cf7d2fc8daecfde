"""What is recorded of people and children."""

from waypost.records.casework.models.allocation import Cover, HandOver, Waiting
from waypost.records.casework.models.approvals import Approval
from waypost.records.casework.models.children import (
    Allocation,
    BrokenGlass,
    Child,
    DeclaredInterest,
    Involvement,
    SealReader,
    Warning,
)
from waypost.records.casework.models.documents import Document
from waypost.records.casework.models.merging import Merge, NotTheSame
from waypost.records.casework.models.people import (
    Address,
    AddressHeld,
    ContactPoint,
    Identifier,
    Person,
    PersonName,
    Registration,
    Relationship,
)
from waypost.records.casework.models.search import SearchTerm

__all__ = [
    "Address",
    "AddressHeld",
    "Allocation",
    "Approval",
    "BrokenGlass",
    "Child",
    "ContactPoint",
    "Cover",
    "DeclaredInterest",
    "Document",
    "HandOver",
    "Identifier",
    "Involvement",
    "Merge",
    "NotTheSame",
    "Person",
    "PersonName",
    "Registration",
    "Relationship",
    "SealReader",
    "SearchTerm",
    "Waiting",
    "Warning",
]
