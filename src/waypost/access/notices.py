"""Notices by email: that there is something to look at, and where. They name nobody and say nothing of a record."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db.models import Q

from waypost.access.models import RoleHeld, User
from waypost.access.roles import roles

log = logging.getLogger("waypost.notices")


def who_may(verb: str, authority: int, *, today: date) -> list[User]:
    """The people whose role of today lets them do something in an authority."""
    able = [role.id for role in roles().values() if verb in role.may]
    held = RoleHeld.objects.on(today).filter(Q(authority=authority) | Q(unit__authorities=authority), role_id__in=able)
    return list(User.objects.filter(roles_held__in=held, is_active=True).distinct())


def tell(users: Iterable[User], subject: str, says: str, where: str) -> bool:
    """Whether a notice went out. Where it cannot be sent, work goes on: a list in Waypost says the same."""
    to = [user.email for user in users]
    if not to:
        return False
    try:
        for email in to:
            send_mail(f"Waypost: {subject}", f"{says}\n\n{where}\n", None, [email])
    except (OSError, SMTPException):
        log.exception("a notice could not be sent")
        return False
    return True
