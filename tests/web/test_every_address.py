"""Every address of the service, asked for as every role of the cast and as nobody, with keys of its own and others'.

Who may ask for what is stated in `config/addresses.py`. An address that is not there fails; so does one that answers
with a record of another authority, or a sealed one, or that changes anything for someone who may not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings

from waypost.access.models import Act, User
from waypost.access.recorded import Recorded
from waypost.access.roles import VERBS, roles
from waypost.config.addresses import WHO, Rule
from waypost.demo.service.cast import AUTHORITIES, CAST, Member
from waypost.demo.service.fill import fill
from waypost.records.casework.models import PersonName

pytestmark = pytest.mark.django_db

UNKNOWN = uuid.UUID("6f1c9f0e-1111-4111-8111-000000000000")
NOT_FOR_YOU = {403, 404, 405}
WHOSE = {"own": "Maya", "other": "Jonah", "sealed": "Finn"}
SECRETS = {"other": ("Jonah", "Brightwell"), "sealed": ("Finn",)}
MAYA_IS_OPEN_TO = {
    "Farrin Oakes", "Sunniva Vale", "Marlo Thistle", "Odalys Finch", "Bertram Quill", "Chidera Lark",
    "Rosalind Sedge", "Perpetua Moss", "Anselm Rook", "Quentin Ash",
}  # fmt: skip
"""Of the cast, those to whom Maya Marlowe's record is open, by their role or because it is theirs."""
FINN_IS_OPEN_TO = {"Sunniva Vale", "Odalys Finch"}
"""And Finn Thistle's, which is sealed."""
ALL_THREE = {member.name for member in CAST if member.place not in AUTHORITIES}
"""The shared unit's people, for whom no authority is another's."""
SENT = {
    "because": "It is said in a full sentence.", "tells": "Nobody", "how": "Never met", "note": "Nothing found",
    "finding": "right", "given": "Changed", "family": "Changed", "typed": "Changed", "birth": "not_known",
    "sex": "unknown", "kind": "other", "evidence": "Changed", "lines": "1 Changed Row", "postcode": "ZZ1 1ZZ",
    "value": "943 476 5919", "since_day": "1", "since_month": "1", "since_year": "2026", "is_new": "on",
    "decision": "join", "version": "1", "email": "changed@example.org", "name": "Changed", "title": "Changed",
}  # fmt: skip
"""What is sent to every form: enough that one which does not ask first would take it."""


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration's cast and families, for all of these tests and no others."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def without_second_factors(settings: Settings) -> None:
    settings.SECOND_FACTOR_IS_NEEDED = False


def patterns(of: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in (of or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


VIEWS = {str(pattern.name): sorted(pattern.pattern.converters) for _, pattern in patterns()}


def test_every_address_says_who_may_ask_for_it() -> None:
    assert not [address for address, pattern in patterns() if pattern.name not in WHO], "state them in addresses.py"
    assert not [name for name in WHO if name not in VIEWS], "these are gone"
    assert not [rule for rule in WHO.values() if rule.verb and rule.verb not in VERBS]


def address(view: str, key: uuid.UUID) -> str:
    """An address with a key of a record. What else it names is a row that is not there, so it opens nothing."""
    given: dict[str, Any] = {"key": key, "part": "names", "day": "2026-03-02", "name": "none.html"}
    given |= {"role": 1, "pk": 1, "provider_id": "none", "uidb36": "none"}
    given |= {"key": 1} if view == "sign_out_device" else {}
    names = VIEWS[view] or (["uidb36", "key"] if view == "account_reset_password_from_key" else [])
    return reverse(view, kwargs={name: given.get(name, UNKNOWN) for name in names})


def keys(rule: Rule) -> dict[str, uuid.UUID]:
    """Maya's, and those that are closed to most: another authority's, a sealed one's, and nobody's."""
    found = PersonName.objects.filter(kind="legal", given__in=WHOSE.values()).values_list(
        "given", "person" if rule.of == "person" else "person__child"
    )
    by_name = dict(found)
    return {name: by_name[given] for name, given in WHOSE.items()} | {"unknown": UNKNOWN}


def may(member: Member, rule: Rule) -> bool:
    return not rule.verb or rule.verb in roles()[member.role].may


def closed_to(member: Member, rule: Rule, view: str) -> set[str]:
    """The keys that must answer this person as if there were nothing there."""
    closed = {"unknown"}
    if member.name not in ALL_THREE:
        closed |= {"own", "sealed"} if member.place != "991" else set()
        closed |= {"other"} if member.place != "992" else set()
    # Those who may seal know that a sealed record exists, and meet its page without its name.
    if member.name not in FINN_IS_OPEN_TO and not (view == "closed" and may(member, Rule("seal"))):
        closed |= {"sealed"}
    if rule.of in ("child", "person") and member.name not in MAYA_IS_OPEN_TO:
        closed |= {"own"}
    return closed


def asked(member: Member) -> Client:
    client = Client()
    client.force_login(User.objects.get(name=member.name))
    return client


@pytest.mark.parametrize("member", CAST, ids=lambda member: f"{member.role}-{member.name.split()[0]}")
def test_each_role_is_answered_as_stated_and_changes_nothing_it_may_not(member: Member, cast: None) -> None:
    client, wrong = asked(member), []
    before = everything()
    for view, rule in WHO.items():
        if rule.is_public or rule == Rule():
            continue
        closed = closed_to(member, rule, view)
        for name, key in tried(member, rule, view).items():
            is_closed = name in closed and "key" in VIEWS[view]
            answer = client.get(address(view, key))
            is_no = answer.status_code in NOT_FOR_YOU
            if is_no != must_be_no(member, rule, view, is_closed=is_closed, is_no=is_no):
                wrong.append(f"{view} with the key {name} answered {answer.status_code}")
            text = b"" if answer.streaming else answer.content
            wrong += [f"{view} says {said}" for said in SECRETS.get(name, ()) if is_closed and said.encode() in text]
            if is_closed or not may(member, rule):
                sent = client.post(address(view, key), SENT)
                if sent.status_code not in NOT_FOR_YOU:
                    wrong.append(f"{view} with the key {name} was sent a form and answered {sent.status_code}")
    assert not wrong
    assert everything() == before


def tried(member: Member, rule: Rule, view: str) -> dict[str, uuid.UUID]:
    """The keys that are asked with. Whoever's role does not allow it is refused whatever the key."""
    if "key" not in VIEWS[view]:
        return {"own": UNKNOWN}
    found = keys(rule)
    # A key of nobody's is answered alike for everyone, so one role asks with it.
    wanted = ("own", "other", "sealed", "unknown") if member.role == "social_worker" else ("own", "other", "sealed")
    return {name: found[name] for name in wanted} if may(member, rule) else {"own": found["own"]}


def must_be_no(member: Member, rule: Rule, view: str, *, is_closed: bool, is_no: bool) -> bool:
    """What the answer must be. Where the address names more than a record of ours, that may not be there: either."""
    if is_closed or not may(member, rule):
        return True
    is_either = len(VIEWS[view]) > 1 or rule.of in ("own", "found")
    return is_no if is_either else False


def test_nobody_is_led_to_sign_in_and_changes_nothing(cast: None, client: Client) -> None:
    before, wrong = everything(), []
    for view, rule in WHO.items():
        if rule.is_public:
            continue
        at = address(view, keys(rule)["own"])
        led_to = {answer.get("Location", "").partition("?")[0] for answer in (client.get(at), client.post(at, SENT))}
        wrong += [view] if led_to != {reverse("account_login")} else []
    assert not wrong
    assert everything() == before


def test_what_is_public_answers_without_a_record(cast: None, client: Client) -> None:
    for view, rule in WHO.items():
        if rule.is_public:
            answer = client.get(address(view, UNKNOWN))
            assert not [s for s in ("Maya", *SECRETS["other"], *SECRETS["sealed"]) if s.encode() in answer.content]


def everything() -> dict[str, object]:
    """How many rows there are of each kind, history too, and the sum of their versions. Refusals may be noted."""
    counted: dict[str, object] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in ("sessions.Session", "usersessions.UserSession", "web.Draft", "access.Act"):
            continue
        counted[model._meta.label] = model._base_manager.count()
        if issubclass(model, Recorded):
            counted[f"{model._meta.label} versions"] = model._base_manager.aggregate(sum=Sum("version"))["sum"]
    counted["changes"] = Act.objects.filter(kind=Act.CHANGE).count()
    return counted
