"""Fills an empty record with the cast and the families, by the actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Agency, Authority, RoleHeld, Team, Unit, User
from waypost.access.sign_in import training
from waypost.demo.service.cast import (
    AGENCIES,
    AUTHORITIES,
    CAST,
    COLLEAGUES,
    NORTH,
    PASSWORD,
    SOUTH,
    TEAMS,
    UNIT,
    Member,
)
from waypost.demo.service.families import FAMILIES, Family, Someone
from waypost.demo.service.lived import live_through
from waypost.demo.service.present import go_on
from waypost.records.casework.actions import children, people, sealing
from waypost.records.casework.actions.people import NewPerson
from waypost.records.casework.models import Child, Person

SINCE = date(2020, 4, 1)
Tell = Callable[[str, int, int], None]


def is_filled() -> bool:
    return User.objects.exists()


@transaction.atomic
def fill(*, share: float = 0.0, seed: int = 1, tell: Tell = lambda authority, done, of: None) -> None:
    """Adds the authorities, the unit, the teams, the agencies, the cast and the families, all or none of them.

    `share` is how much of the work of each authority's families since April 2020 is lived through; `tell` is told how
    many of them are done, of how many, in which authority.
    """
    today = timezone.localdate()
    authorities = {code: Authority.objects.create(code=code, name=name) for code, name in AUTHORITIES.items()}
    unit = Unit.objects.create(name=UNIT)
    unit.authorities.set(authorities.values())
    teams = {
        (code, name): Team.objects.create(authority=authority, name=name, service=service)
        for code, authority in authorities.items()
        for name, service in TEAMS.items()
    }
    agencies = {name: Agency.objects.create(name=name, kind=kind) for name, kind in AGENCIES.items()}
    everyone = (*CAST, *COLLEAGUES)
    users = {member.name: _member(member, authorities, unit, teams, agencies) for member in everyone}
    # One hash for all of them: they share the password that is printed, and making a hash is slow on purpose.
    User.objects.update(password=make_password(PASSWORD))
    for user in users.values():
        training.set_up(user)
    for family in FAMILIES:
        _family(family, authorities[family.authority], teams[family.authority, family.team], users, today)
    go_on({name.split()[0].lower(): Actor.of(user, today=today) for name, user in users.items()})
    for code, authority in authorities.items():
        live_through(
            authority,
            teams=[teams[code, name] for name in (NORTH, SOUTH)],
            people=_workers(code, users),
            clerk=_clerk(authority, teams[code, NORTH], today).user,
            share=share,
            seed=seed,
            tell=partial(tell, authority.name),
        )


def _member(
    member: Member,
    authorities: dict[str, Authority],
    unit: Unit,
    teams: dict[tuple[str, str], Team],
    agencies: dict[str, Agency],
) -> User:
    family_name = member.name.rpartition(" ")[2]
    user = User.objects.create_user(
        member.email, member.name, family_name=family_name, agency=agencies.get(member.agency)
    )
    RoleHeld.objects.create(
        user=user,
        role_id=member.role,
        authority=authorities.get(member.place),
        unit=None if member.place in authorities else unit,
        team=teams.get((member.place, member.team)),
        started_on=SINCE,
    )
    return user


def _family(family: Family, authority: Authority, team: Team, users: dict[str, User], today: date) -> None:
    by = _clerk(authority, team, today)
    known = {someone.id: _someone(someone, family, authority, by) for someone in family.people}
    for tie in family.ties:
        people.relate(
            known[tie.person],
            other=known[tie.other],
            kind=tie.kind,
            has_parental_responsibility=tie.has_parental_responsibility,
            started_on=tie.started_on,
            safe_contact=tie.safe_contact,
            by=by,
        )
    for child in Child.objects.filter(person__in=known.values()):
        worker = users.get(family.worker)
        if worker:
            children.allocate(child, team=team, worker=worker, since=date(2026, 3, 2), by=by)
        if family.is_sealed:
            sealer = Actor.of(users["Odalys Finch"], today=today)
            why = "A relative of this child works for the authority."
            sealing.seal(child, readers=[worker] if worker else [], because=why, by=sealer)


def _someone(someone: Someone, family: Family, authority: Authority, by: Actor) -> Person:
    new = NewPerson(
        given=someone.given,
        family=someone.family,
        born_on=someone.born_on,
        expected_on=someone.expected_on,
        sex=someone.sex,
        ethnicity=someone.ethnicity,
        language=someone.language,
        needs_interpreter=someone.needs_interpreter,
    )
    person = people.register_person(authority, new=new, by=by)
    for kind, given, name in someone.names:
        people.add_name(person, kind=kind, given=given, family=name, by=by)
    if someone.lives in family.homes:
        lines, postcode, ward, since = family.homes[someone.lives]
        people.move_home(person, lines=lines, postcode=postcode, ward=ward, since=since, by=by)
    if someone.local_id:
        children.open_record(person, local_id=someone.local_id, by=by)
    return person


def _workers(code: str, users: dict[str, User]) -> dict[str, User]:
    """The cast who do the work of an authority, by role; social workers by role and team."""
    found: dict[str, User] = {}
    for member in (*CAST, *COLLEAGUES):
        role = f"{member.role}:{member.team}" if member.role == "social_worker" else member.role
        if member.place == code or member.role == "conference_chair":
            found.setdefault(role, users[member.name])
    return found


def _clerk(authority: Authority, team: Team, today: date) -> Actor:
    """Whoever typed the demonstration in: an account that nobody can sign in to."""
    user, is_new = User.objects.get_or_create(
        email=f"set-up@{authority.name.lower()}.example.org", defaults={"name": "Set-up", "is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
        RoleHeld.objects.create(
            user=user, role_id="team_manager", authority=authority, started_on=SINCE, ended_on=today
        )
    return Actor.of(user, today=today)
