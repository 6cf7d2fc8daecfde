"""An authority's own settings: kept with a day, a reason and a history, and shown before they are saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from waypost.access.actor import Actor
from waypost.access.local import previews
from waypost.access.local.actions import keep_setting
from waypost.access.local.models import Setting
from waypost.access.local.reader import settings_for, settings_of
from waypost.access.local.rules import Proposal
from waypost.access.models import Act, Authority, Unit
from waypost.access.rules import NotAllowed
from waypost.domain.errors import PlainError
from waypost.domain.limits import Limit
from waypost.domain.local import Local
from waypost.domain.periods import FinancialYear
from waypost.domain.timescales import limit_in_force

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHY = "The partnership agreed it in its March meeting."
FROM = {"from_on_day": "1", "from_on_month": "4", "from_on_year": "2026", "because": WHY, "own": "ours"}
LIMIT = {**FROM, "about": "icpc", "n": "10", "unit": "working_day"}


@pytest.fixture
def keeper(ashdown: Authority, worker: Callable[..., Actor]) -> Actor:
    cache.clear()
    return worker("performance_analyst", ashdown)


@pytest.fixture
def asking(client: Client, keeper: Actor) -> Client:
    client.force_login(keeper.user)
    return client


def text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def confirmed(client: Client, address: str, sent: dict[str, str]) -> Any:
    """Sends a form, and then confirms what its preview shows, as its hidden fields carry it."""
    page = client.post(address, sent).content.decode()
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert "_seen" in carried, page
    carried = {name: unescape(value) for name, value in carried.items()}
    return client.post(address, {**carried, "_confirm": "1"})


# ---------------------------------------------------------------- a change, seen and saved


def test_nothing_is_saved_until_it_has_been_seen(asking: Client, ashdown: Authority) -> None:
    shown = text(asking.post("/settings/limits/new", LIMIT))
    assert "What would change" in shown
    assert "A clock that starts on 31 March 2026" in shown
    # The day before keeps the national limit; the day itself has ours (Easter is not counted).
    assert "23 April 2026 (15 working days" in shown
    assert "17 April 2026 (10 working days; our own)" in shown
    assert "A clock that started before this day keeps its limit" in shown
    assert not Setting.objects.exists()
    answer = confirmed(asking, "/settings/limits/new", LIMIT)
    assert answer["Location"] == "/settings/limits"
    limit = limit_in_force("icpc", date(2026, 5, 1), **settings_of(ashdown, TODAY).rules)
    assert isinstance(limit, Limit)
    assert limit.n == 10


def test_it_keeps_who_when_and_why_with_its_history(asking: Client, keeper: Actor, ashdown: Authority) -> None:
    confirmed(asking, "/settings/limits/new", LIMIT)
    confirmed(asking, "/settings/limits/new", {**LIMIT, "n": "12", "because": "It was typed wrongly the first time."})
    (setting,) = Setting.objects.all()
    page = text(asking.get(f"/settings/limits/{setting.pk}"))
    assert page.count("working days , from 1 April 2026") + page.count("working days, from 1 April 2026") == 2
    assert f"{keeper.user.name}," in page
    assert "It was typed wrongly the first time." in page
    assert WHY in page
    lines = Act.objects.filter(what="change a setting")
    assert [(line.by, line.authority, line.rows) for line in lines] == [
        (keeper.user, ashdown, [f"local.setting:{setting.pk}"])
    ] * 2
    assert "Initial child protection conference : 12 working days" in text(asking.get("/settings/limits"))


def test_a_warning_where_it_gives_more_time_than_the_national_limit(asking: Client) -> None:
    assert "This gives more time than Working Together 1999" in text(
        asking.post("/settings/limits/new", {**LIMIT, "n": "20"})
    )


def test_a_day_whose_bank_holidays_are_not_known_yet(asking: Client) -> None:
    shown = text(asking.post("/settings/limits/new", {**LIMIT, "from_on_year": "2090"}))
    assert "Not known yet (10 working days)" in shown
    assert "What stays as it is" in shown


def test_a_day_in_the_past_is_warned_of(asking: Client) -> None:
    assert "1 April 2020 is in the past" in text(asking.post("/settings/limits/new", {**LIMIT, "from_on_year": "2020"}))


def test_it_goes_back_and_may_be_withdrawn(asking: Client, ashdown: Authority) -> None:
    confirmed(asking, "/settings/limits/new", LIMIT)
    later = {**LIMIT, "from_on_month": "6", "own": "none", "n": "", "unit": ""}
    confirmed(asking, "/settings/limits/new", later)
    (own,) = settings_of(ashdown, TODAY).limits
    assert own.limit.to_on == date(2026, 5, 31)
    setting = Setting.objects.get(from_on=date(2026, 4, 1))
    shown = text(asking.post(f"/settings/limits/{setting.pk}/withdraw", {"because": WHY}))
    assert "23 April 2026 (15 working days" in shown
    assert settings_of(ashdown, TODAY).limits
    confirmed(asking, f"/settings/limits/{setting.pk}/withdraw", {"because": WHY})
    assert settings_of(ashdown, TODAY).limits == ()
    assert "Withdrawn" in text(asking.get("/settings/limits"))
    assert asking.get(f"/settings/limits/{setting.pk}/withdraw").status_code == 403


def test_what_someone_else_changed_meanwhile_is_looked_at_again(
    asking: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    page = asking.post("/settings/limits/new", LIMIT).content.decode()
    seen = re.search(r'name="_seen" value="([^"]+)"', page)[1]
    other = Proposal(ashdown, "limit", "icpc", date(2026, 4, 1), {"n": 8, "unit": "working_day"})
    keep_setting(other, because=WHY, by=worker("head_of_service", ashdown))
    again = asking.post("/settings/limits/new", {**LIMIT, "_seen": seen, "_confirm": "1"})
    assert "Someone else changed this while you had it open" in text(again)
    assert settings_of(ashdown, TODAY).limits[0].limit.n == 8
    assert "our own" in text(again)
    confirmed(asking, "/settings/limits/new", LIMIT)
    assert settings_of(ashdown, TODAY).limits[0].limit.n == 10


def test_the_form_comes_back_as_it_was(asking: Client) -> None:
    page = asking.post("/settings/limits/new", {**LIMIT, "_again": "1"}).content.decode()
    assert "What would change" not in page
    assert 'value="10"' in page


# ---------------------------------------------------------------- each kind


KINDS = {
    "limits": (LIMIT, "our own"),
    "regimes": (
        {**FROM, "about": "single_assessment", "from_on_year": "2014"},
        "it took up the single (continuous) assessment in place of the initial assessment",
    ),
    "counting": (
        {**FROM, "unspecified_days": "working_day", "months": "days_91_183", "hours": "elapsed"},
        "First review child protection conference, started on 1 April 2026 1 July 2026 (3 months",
    ),
    "targets": (
        {**FROM, "indicator": "icpc_15wd", "year": "2025-26", "good": "high", "target": "84", "amber": "77"},
        "A figure of 77 No target Near",
    ),
    "bands": ({**FROM, "about": "conference_waits", "lines": "0 to 5\n6 to 15\n16 or more"}, "6-15"),
    "publication": ({**FROM, "least_shown": "10", "rounded_to": "5"}, "7 7 Withheld"),
    "populations": (
        {**FROM, "about": "2024-25", "children": "32,000", "source": "A projection"},
        "31,900 (the mid-2024 estimate) 32,000 (A projection)",
    ),
    "names": ({**FROM, "about": "board", "name": "Ashdown Partnership"}, "Ashdown Partnership"),
}


@pytest.mark.parametrize("part", KINDS)
def test_every_kind_is_shown_and_saved(asking: Client, ashdown: Authority, part: str) -> None:
    sent, shows = KINDS[part]
    # The year lists are around today's, and these tests do not age.
    if "year" in sent:
        sent = {**sent, "year": str(FinancialYear.holding(TODAY))}
    assert shows in text(asking.post(f"/settings/{part}/new", sent))
    assert confirmed(asking, f"/settings/{part}/new", sent).status_code == 302
    setting = Setting.objects.get()
    assert text(asking.get(f"/settings/{part}")).count("Set by") == 1
    like = asking.get(f"/settings/{part}/new?like={setting.pk}").content.decode()
    assert 'value="1"' in like
    assert settings_of(ashdown, date(2030, 1, 1)) != Local("991")
    home = text(asking.get("/settings"))
    assert "Settings of Ashdown" in home


WRONG = {
    "limits": ({**LIMIT, "n": "ten"}, "How many must be a whole number, such as 10"),
    "limits without a number": ({**LIMIT, "n": ""}, "Enter how many"),
    "limits too long": ({**LIMIT, "n": "999"}, "write a number from 1 to 400"),
    "targets": ({**KINDS["targets"][0], "amber": "90"}, "wrong side of the target"),
    "targets over 100": ({**KINDS["targets"][0], "target": "101"}, "it is a share; write 100 or less"),
    "targets the wrong way": ({**KINDS["targets"][0], "good": "low", "amber": ""}, "high is; change the target"),
    "targets in words": ({**KINDS["targets"][0], "target": "most"}, "The target must be a number"),
    "targets between": ({**KINDS["targets"][0], "good": "plateau"}, "must be two numbers, such as 10 to 15"),
    "bands with a gap": ({**KINDS["bands"][0], "lines": "0 to 5\n9 or more"}, "no band holds 6 to 8; add one"),
    "bands overlapping": ({**KINDS["bands"][0], "lines": "0 to 5\n5 or more"}, "two bands hold 5"),
    "publication": ({**KINDS["publication"][0], "least_shown": "5"}, "are always withheld"),
    "populations": ({**KINDS["populations"][0], "children": "0"}, "must be a whole number above nought"),
    "names": ({**KINDS["names"][0], "because": "Renamed"}, "Say why in a full sentence"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(asking: Client, name: str) -> None:
    sent, said = WRONG[name]
    if "year" in sent:
        sent = {**sent, "year": str(FinancialYear.holding(TODAY))}
    answer = asking.post(f"/settings/{name.split()[0]}/new", {**sent, "_confirm": "1"})
    assert said in text(answer)
    assert "There is a problem" in text(answer)
    assert not Setting.objects.exists()


def test_a_year_left_out_between_two_targets_is_refused(asking: Client) -> None:
    now = FinancialYear.holding(TODAY)
    years = [str(FinancialYear(now.ends + step)) for step in (-1, 0, 1)]
    first, between, last = ({**KINDS["targets"][0], "year": year} for year in years)
    confirmed(asking, "/settings/targets/new", first)
    assert f"leave out {years[1]}" in text(asking.post("/settings/targets/new", last))
    confirmed(asking, "/settings/targets/new", {**between, "own": "none"})
    confirmed(asking, "/settings/targets/new", last)
    # Without the year between, the first and the last would contradict each other.
    middle = Setting.objects.get(about__endswith=years[1])
    assert f"leave out {years[1]}" in text(asking.post(f"/settings/targets/{middle.pk}/withdraw", {"because": WHY}))


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("role", ["head_of_service", "quality_manager", "performance_analyst", "administrator"])
def test_those_who_may(client: Client, ashdown: Authority, worker: Callable[..., Actor], role: str) -> None:
    someone = worker(role, ashdown)
    client.force_login(someone.user)
    assert someone.user.name in text(client.get("/settings"))
    assert "Settings" in text(client.get("/account"))


@pytest.mark.parametrize("role", ["social_worker", "team_manager", "director", "data_owner", "committee_member"])
def test_nobody_else(client: Client, ashdown: Authority, worker: Callable[..., Actor], role: str) -> None:
    someone = worker(role, ashdown)
    client.force_login(someone.user)
    for address in ("/settings", "/settings/limits", "/settings/limits/new"):
        assert client.get(address).status_code == 403
    assert client.post("/settings/limits/new", {**LIMIT, "_confirm": "1"}).status_code == 403
    with pytest.raises(NotAllowed):
        keep_setting(Proposal(ashdown, "name", "board", TODAY, {"name": "Mine"}), because=WHY, by=someone)
    assert Act.objects.get(kind=Act.REFUSED).authority == ashdown


def test_each_authority_keeps_its_own(
    client: Client, ashdown: Authority, brookvale: Authority, unit: Unit, worker: Callable[..., Actor]
) -> None:
    proposal = Proposal(brookvale, "name", "board", TODAY, {"name": "Brookvale Partnership"})
    with pytest.raises(NotAllowed):
        keep_setting(proposal, because=WHY, by=worker("head_of_service", ashdown))
    theirs = keep_setting(proposal, because=WHY, by=worker("head_of_service", brookvale))
    client.force_login(worker("head_of_service", ashdown).user)
    for address in (f"/settings/names/{theirs.pk}", f"/settings/names/{theirs.pk}/withdraw"):
        assert client.get(address).status_code == 404
    # A setting of theirs is not copied into our form either.
    assert "Brookvale Partnership" not in text(client.get(f"/settings/names/new?like={theirs.pk}"))
    assert "Settings of Ashdown" in text(client.get("/settings?of=992"))
    client.force_login(worker("administrator", unit).user)
    assert "Settings of Ashdown" in text(client.get("/settings"))
    assert "Brookvale Partnership" in text(client.get("/settings?of=992"))
    assert "Brookvale Partnership" in text(client.get("/settings/names")), "the choice is kept"


def test_a_part_that_there_is_not(asking: Client) -> None:
    for address in ("/settings/tea", "/settings/tea/new", "/settings/limits/new?like=x"):
        assert asking.get(address).status_code == (200 if "like" in address else 404)


# ---------------------------------------------------------------- reading, and what others show


def test_one_question_however_many_settings_and_authorities(
    ashdown: Authority, brookvale: Authority, worker: Callable[..., Actor], django_assert_num_queries: Any
) -> None:
    for place in (ashdown, brookvale):
        by = worker("head_of_service", place)
        for day in range(3):
            proposal = Proposal(place, "name", "board", TODAY - timedelta(days=day), {"name": f"Board {day}"})
            keep_setting(proposal, because=WHY, by=by)
    with django_assert_num_queries(1):
        found = settings_for([ashdown, brookvale], TODAY)
    assert [found[each.pk].authority for each in (ashdown, brookvale)] == ["991", "992"]
    assert found[ashdown.pk].name("board") == "Board 0"


def test_a_room_shows_what_a_change_would_move(
    asking: Client, ashdown: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "_registered", {})

    def moved(asked: previews.Asked) -> previews.Effect:
        assert (asked.authority, asked.about) == (ashdown, "icpc")
        assert (len(asked.before.limits), len(asked.after.limits)) == (0, 1)
        return previews.Effect("3 open clocks would be due on another day.")

    previews.register("limit", moved)
    assert "3 open clocks would be due on another day." in text(asking.post("/settings/limits/new", LIMIT))


def test_a_setting_cannot_contradict_another_even_past_the_pages(ashdown: Authority, keeper: Actor) -> None:
    bad = Proposal(ashdown, "bands", "ages", TODAY, {"lines": "0 to 4\n6+"})
    with pytest.raises(PlainError, match="no band holds 5"):
        keep_setting(bad, because=WHY, by=keeper)


PAGES = {"/settings": 9, "/settings/limits": 8, "/settings/limits/new": 8}


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_as_many_questions_of_one_as_of_many(
    asking: Client, ashdown: Authority, keeper: Actor, address: str, django_assert_num_queries: Any
) -> None:
    for day in range(5):
        value = {"n": day + 1, "unit": "working_day"}
        keep_setting(Proposal(ashdown, "limit", "icpc", TODAY - timedelta(days=day), value), because=WHY, by=keeper)
    asking.get(address)
    with django_assert_num_queries(PAGES[address]):
        asking.get(address)
