"""Accounts and roles, as an administrator keeps them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from waypost.access.actor import Actor
from waypost.access.models import Act, Authority, RoleHeld, Team, Unit, User
from waypost.access.people import actions
from waypost.access.rules import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    cache.clear()
    return worker("administrator", ashdown)


@pytest.fixture
def asking(client: Client, administrator: Actor) -> Client:
    client.force_login(administrator.user)
    return client


def sent(place: Authority | Unit, role: str = "team_manager", **given: str) -> dict[str, str]:
    kind = "authority" if isinstance(place, Authority) else "unit"
    start = {"started_on_day": "2", "started_on_month": "3", "started_on_year": "2026"}
    return {"role": role, "place": f"{kind}:{place.pk}", "team": "", **start, **given}


NEW = {
    "name": "Tamsin Reed", "email": "Tamsin.Reed@ashdown.example.org", "family_name": "Reed",
    "home_lines": "4 Lantern Row", "home_postcode": "aa1 1ab",
}  # fmt: skip


def test_an_account_is_opened_and_its_person_sets_a_password(asking: Client, administrator: Actor) -> None:
    asking.post("/accounts/new", NEW)
    user = User.objects.get(email="tamsin.reed@ashdown.example.org")
    assert (user.family_name, user.home_lines, user.home_postcode) == ("Reed", "4 Lantern Row", "AA1 1AB")
    (invitation,) = mail.outbox
    assert invitation.to == [user.email]
    assert "Tamsin" not in invitation.body
    line = Act.objects.get(what="open account")
    assert (line.by, line.rows) == (administrator.user, [f"access.user:{user.pk}"])
    link = re.search(r"http://testserver(\S+)", invitation.body)[1]
    theirs = Client()
    form = theirs.get(link, follow=True).redirect_chain[-1][0]
    theirs.post(form, {"password1": "kettle lantern orchard", "password2": "kettle lantern orchard"})
    answer = theirs.post("/sign-in", {"login": user.email, "password": "kettle lantern orchard"})
    assert answer["Location"] == "/"
    assert "You hold no role today" in theirs.get("/").content.decode()


def test_one_address_has_one_account(asking: Client, administrator: Actor) -> None:
    page = asking.post("/accounts/new", {**NEW, "email": administrator.user.email.upper()})
    assert page.content.decode().count("There is an account with that email address already") == 2
    assert mail.outbox == []


def test_where_they_live_is_asked_as_it_keeps_them_from_their_family(asking: Client) -> None:
    page = asking.post("/accounts/new", {"name": "Tamsin Reed", "email": "t@example.org"}).content.decode()
    for said in ("Enter their family name", "Enter their home address", "Enter their home postcode"):
        assert page.count(said) == 2, said
    assert "Enter a whole postcode" in asking.post("/accounts/new", {**NEW, "home_postcode": "AA1"}).content.decode()
    assert not User.objects.filter(name="Tamsin Reed").exists()


def test_a_name_and_a_home_are_changed(asking: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    user = worker("social_worker", ashdown).user
    assert "Not recorded, so" in asking.get(f"/accounts/{user.pk}").content.decode()
    asking.post(f"/accounts/{user.pk}/about", {**NEW, "name": "Tamsin Vale", "home_postcode": "AA2 2BB"})
    user.refresh_from_db()
    assert (user.name, user.home_postcode) == ("Tamsin Vale", "AA2 2BB")
    assert Act.objects.get(what="change account").rows == [f"access.user:{user.pk}"]
    assert "Not recorded, so" not in asking.get(f"/accounts/{user.pk}").content.decode()


def test_a_role_is_given_and_ended(
    asking: Client, ashdown: Authority, team: Team, worker: Callable[..., Actor]
) -> None:
    user = worker("partner", ashdown).user
    page = asking.post(f"/accounts/{user.pk}/roles/new", sent(ashdown, "social_worker")).content.decode()
    assert "Select a team: the role of social worker opens the children of its team" in page
    asking.post(f"/accounts/{user.pk}/roles/new", sent(ashdown, "social_worker", team=str(team.pk)))
    held = user.roles_held.get(role_id="social_worker")
    assert (held.authority, held.team, held.started_on) == (ashdown, team, date(2026, 3, 2))
    assert Act.objects.get(what="give role").rows == [f"access.roleheld:{held.pk}", f"access.user:{user.pk}"]
    end = {"ended_on_day": "1", "ended_on_month": "3", "ended_on_year": "2026"}
    address = f"/accounts/{user.pk}/roles/{held.pk}/end"
    assert "must be on or after the first, 2 March 2026" in asking.post(address, end).content.decode()
    asking.post(address, {**end, "ended_on_day": "9"})
    held.refresh_from_db()
    assert held.ended_on == date(2026, 3, 9)


def test_nobody_gives_themselves_a_role(asking: Client, ashdown: Authority, administrator: Actor) -> None:
    answer = asking.post(f"/accounts/{administrator.user.pk}/roles/new", sent(ashdown))
    assert answer.status_code == 403
    assert "You cannot change your own account or roles" in answer.content.decode()
    assert administrator.user.roles_held.count() == 1
    assert Act.objects.get(kind=Act.REFUSED).what == "give role"
    assert asking.post(f"/accounts/{administrator.user.pk}/close").status_code == 403


def test_an_administrator_gives_roles_of_their_own_authority_only(
    asking: Client, brookvale: Authority, unit: Unit, ashdown: Authority, worker: Callable[..., Actor],
    administrator: Actor,
) -> None:  # fmt: skip
    user = worker("partner", ashdown).user
    for place in (brookvale, unit):
        asking.post(f"/accounts/{user.pk}/roles/new", sent(place))
        held = RoleHeld(user=user, role_id="team_manager", started_on=date(2026, 3, 2))
        held.authority, held.unit = (place, None) if isinstance(place, Authority) else (None, place)
        with pytest.raises(NotAllowed, match="of your own authority only"):
            actions.give_role(held, by=administrator)
    assert user.roles_held.count() == 1
    theirs = worker("social_worker", brookvale).user
    assert asking.post(f"/accounts/{theirs.pk}/close").status_code == 403
    assert asking.post(f"/accounts/{theirs.pk}/roles/{theirs.roles_held.get().pk}/end", {
        "ended_on_day": "9", "ended_on_month": "3", "ended_on_year": "2026"}).status_code == 403  # fmt: skip


def test_an_administrator_of_a_unit_gives_its_roles(
    client: Client, unit: Unit, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("administrator", unit).user)
    user = worker("partner", ashdown).user
    client.post(f"/accounts/{user.pk}/roles/new", sent(unit, "conference_chair"))
    assert user.roles_held.filter(unit=unit).exists()


def test_the_list_holds_their_own_people_and_whoever_is_named_whole(
    asking: Client, ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor]
) -> None:
    ours, theirs = worker("social_worker", ashdown).user, worker("social_worker", brookvale).user
    page = asking.get("/accounts").content.decode()
    assert str(ours.pk) in page
    assert str(theirs.pk) not in page
    assert str(theirs.pk) not in asking.post("/accounts", {"typed": theirs.name}).content.decode()
    assert str(theirs.pk) in asking.post("/accounts", {"typed": theirs.email}).content.decode()


def test_an_account_is_closed_and_opened_again(
    asking: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    user = worker("social_worker", ashdown).user
    theirs = Client()
    theirs.force_login(user)
    assert theirs.get("/account").status_code == 200
    asking.post(f"/accounts/{user.pk}/close")
    assert theirs.get("/account").status_code == 302
    assert "Closed" in asking.get(f"/accounts/{user.pk}").content.decode()
    asking.post(f"/accounts/{user.pk}/reopen")
    user.refresh_from_db()
    assert user.is_active
    assert set(Act.objects.values_list("what", flat=True)) >= {"close account", "reopen account"}


def test_an_invitation_is_sent_again_until_a_password_is_set(
    asking: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    user = worker("social_worker", ashdown).user
    asking.post(f"/accounts/{user.pk}/invite")
    user.set_password("kettle lantern orchard")
    user.save()
    asking.post(f"/accounts/{user.pk}/invite")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("role", ["team_manager", "data_owner", "committee_member"])
def test_nobody_else_opens_any_of_it(
    client: Client, ashdown: Authority, worker: Callable[..., Actor], role: str
) -> None:
    user = worker(role, ashdown).user
    client.force_login(user)
    for address in ("/accounts", "/accounts/new", f"/accounts/{user.pk}", f"/accounts/{user.pk}/roles/new"):
        assert client.get(address).status_code == 403
    assert client.post(f"/accounts/{user.pk}/close").status_code == 403


def test_the_list_asks_as_many_questions_of_one_as_of_many(
    asking: Client, ashdown: Authority, worker: Callable[..., Actor], django_assert_num_queries
) -> None:
    asking.get("/accounts")
    for _ in range(30):
        worker("social_worker", ashdown)
    with django_assert_num_queries(9):
        page = asking.get("/accounts").content.decode()
    assert "Page 1 of 2" in page
