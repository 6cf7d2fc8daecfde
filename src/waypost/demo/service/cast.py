"""The cast: one named person for each role, in an invented authority with two neighbours and a unit they share.

Nobody in it is real. Their password opens nothing but a demonstration, which says on every page that it is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from waypost.access.sign_in.invented import secret_of

PASSWORD = "invented people only"  # noqa: S105  it is printed by `waypost demo --credentials`, and is no secret
AUTHORITIES = {"991": "Ashdown", "992": "Brookvale", "993": "Calder"}
UNIT = "Three boroughs safeguarding unit"
ASHDOWN, BROOKVALE, CALDER = AUTHORITIES

FRONT_DOOR, NORTH, SOUTH = "First response", "North", "South"
TEAMS = {
    FRONT_DOOR: "Contact and assessment",
    NORTH: "Family support and child protection",
    SOUTH: "Family support and child protection",
}


@dataclass(frozen=True, slots=True)
class Member:
    """`place` is an authority's code, or the unit's name. `agency` is the partner that they work for."""

    name: str
    role: str
    place: str
    team: str = ""
    agency: str = ""

    @property
    def email(self) -> str:
        given, _, family = self.name.lower().partition(" ")
        return f"{given}.{family.replace(' ', '-')}@{AUTHORITIES.get(self.place, 'unit').lower()}.example.org"


AGENCIES = {
    "Alder Primary School": "school",
    "Hollow Lane Academy": "school",
    "Millbrook Surgery": "gp",
    "Ashdown Health Visiting": "health",
    "Ashdown Police Child Abuse Team": "police",
}

CAST = (
    Member("Farrin Oakes", "contact_worker", ASHDOWN, team=FRONT_DOOR),
    Member("Sunniva Vale", "social_worker", ASHDOWN, team=NORTH),
    Member("Idris Penhallow", "social_worker", ASHDOWN, team=SOUTH),
    Member("Marlo Thistle", "team_manager", ASHDOWN, team=NORTH),
    Member("Odalys Finch", "head_of_service", ASHDOWN),
    Member("Bertram Quill", "director", ASHDOWN),
    Member("Chidera Lark", "conference_chair", UNIT),
    Member("Rosalind Sedge", "reviewing_officer", UNIT),
    Member("Perpetua Moss", "business_support", UNIT),
    Member("Anselm Rook", "quality_manager", ASHDOWN),
    Member("Leocadia Wren", "designated_officer", ASHDOWN),
    Member("Tobiah Fennel", "auditor", ASHDOWN),
    Member("Halcyon Dove", "partner", ASHDOWN, agency="Alder Primary School"),
    Member("Caspian Heron", "partner", ASHDOWN, agency="Ashdown Police Child Abuse Team"),
    Member("Delphine Marlowe", "parent", ASHDOWN),
    Member("Rowan Marlowe", "young_person", ASHDOWN),
    Member("Ottoline Birch", "board_manager", UNIT),
    Member("Emeric Stone", "independent_chair", UNIT),
    Member("Jessamy Holt", "committee_member", ASHDOWN),
    Member("Quentin Ash", "performance_analyst", ASHDOWN),
    Member("Isaura Flint", "inspector", ASHDOWN),
    Member("Philippa Yarrow", "data_owner", ASHDOWN),
    Member("Gideon Marsh", "administrator", ASHDOWN),
    Member("Nerys Brook", "social_worker", BROOKVALE, team=NORTH),
    Member("Ludo Farrow", "contact_worker", BROOKVALE, team=FRONT_DOOR),
    Member("Wynn Calloway", "social_worker", CALDER, team=NORTH),
    Member("Sorrel Gaunt", "team_manager", CALDER, team=NORTH),
)

COLLEAGUES = (
    Member("Tamsin Reedham", "team_manager", ASHDOWN, team=SOUTH),
    Member("Merrin Locke", "social_worker", ASHDOWN, team=NORTH),
    Member("Osric Lund", "team_manager", BROOKVALE, team=NORTH),
    Member("Petra Sallis", "social_worker", BROOKVALE, team=SOUTH),
    Member("Hamo Dunning", "social_worker", CALDER, team=SOUTH),
    Member("Ysolde Greave", "contact_worker", CALDER, team=FRONT_DOOR),
)
"""Others who do the work, so that cases are carried and approved by different people. Nobody is told their password."""


def credentials() -> list[dict[str, str]]:
    """The cast as a person or a program needs it to sign in."""
    return [
        {
            "name": each.name,
            "role": each.role,
            "authority": place_name(each),
            "username": each.email,
            "password": PASSWORD,
            "totp_secret": secret_of(each.email),
        }
        for each in CAST
    ]


def place_name(member: Member) -> str:
    return AUTHORITIES.get(member.place, member.place)
