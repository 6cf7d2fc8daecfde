"""The account that a load is done by where nobody is named: one for each authority, to which nobody can sign in.

It holds its role for the day of the load and no longer.
"""

from __future__ import annotations

from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.models import Authority, RoleHeld, User

NAME, ROLE = "Waypost loader", "team_manager"


def loader_of(authority: Authority) -> Actor:
    today = timezone.localdate()
    email = f"loader-{authority.code}@waypost.invalid"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, NAME, is_active=False)
    RoleHeld.objects.get_or_create(user=user, role_id=ROLE, authority=authority, started_on=today, ended_on=today)
    return Actor.of(user, today=today)
