"""The record at the command line: as the source of figures, as what a census is written from, and as what is loaded."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from tests.spec.indicators.children import census, child, enquiry, plan, referral
from waypost.access.models import Authority, User
from waypost.cli.main import main
from waypost.domain.periods import FinancialYear
from waypost.records.casework.models import Child

Said = tuple[int, str, str]
Command = Callable[..., Said]


@pytest.fixture
def waypost(
    ashdown: Authority, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs a command here, on the tests' own database."""
    monkeypatch.setenv("WAYPOST_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("WAYPOST_DATABASE", "the tests' own")

    def run(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def filed(tmp_path: Path) -> Path:
    inside = (enquiry("2024-06-03", conference="2024-06-20"), plan("2024-06-20"))
    maya = child("A1", referral("2024-05-01", *inside), upn_unknown="UN4")
    return census(2025, maya, child("A2", referral("2024-05-06", nfa=True), upn_unknown="UN7")).write(tmp_path)


def test_load_then_figures_then_a_freeze_of_them(waypost: Command, filed: Path) -> None:
    code, out, err = waypost("load", "cin-census", filed)
    assert (code, err) == (0, "")
    assert "cin_2025.xml, 2024-25, authority 991: 2 children" in out
    assert "2  referrals added" in out
    words = ("--year", "2024-25", "--only", "referrals,cpp_at_date", "--group-by", "team")
    code, out, _ = waypost("indicators", "--live", *words)
    document = json.loads(out)
    assert (code, document["authority"], document["freeze"]["sources"][0]["name"]) == (0, "991", "live record")
    totals = {each["indicator"]: each["value"] for each in document["figures"] if not each["group"]}
    assert totals == {"referrals": 2, "cpp_at_date": 1}
    assert any(each["group"] == {"team": "unknown"} for each in document["figures"])
    code, out, _ = waypost("freeze", "create", "--live")
    _, shown, _ = waypost("freeze", "show", out.strip())
    assert (code, "live record" in shown) == (0, True)
    assert json.loads(waypost("indicators", "--live", *words)[1])["freeze"]["stored"] is True


def test_a_census_is_written_and_shown_before(waypost: Command, filed: Path, tmp_path: Path) -> None:
    waypost("load", "cin-census", filed)
    out_file = tmp_path / "out.xml"
    code, out, err = waypost("return", "cin-census", "--year", "2024-25", "--authority", "991", "--out", out_file)
    assert (code, out) == (0, f"{out_file}\n")
    assert "2024-25, authority 991: 2 children" in err
    first = out_file.read_bytes()
    waypost("return", "cin-census", "--year", "2024-25", "--out", out_file)
    assert out_file.read_bytes() == first
    only = ("--only", "referrals,icpc_15wd,cpp_starts")
    figures = [json.loads(waypost("indicators", "--cin", each, *only)[1])["figures"] for each in (filed, out_file)]
    assert figures[0] == figures[1]
    _, shown, _ = waypost("return", "cin-census", "--year", "2024-25", "--preview")
    assert "A1\tOn a protection plan at some time in the year" in shown
    assert "A2\tReferred in the year, with no further action" in shown


def test_a_census_that_is_written_over_says_what_is_otherwise(waypost: Command, filed: Path, tmp_path: Path) -> None:
    waypost("load", "cin-census", filed)
    made = ("return", "cin-census", "--year", "2024-25", "--out", tmp_path / "out.xml")
    waypost(*made)
    assert "Every child is as in what out.xml held before." in waypost(*made)[2]
    other = child("A3", referral("2024-07-01"), upn_unknown="UN4")
    changed = child("A1", referral("2024-05-01", closed="2025-01-10"), upn_unknown="UN4")
    waypost("load", "cin-census", census(2025, changed, other, name="more.xml").write(tmp_path))
    code, _, err = waypost(*made)
    assert (code, "children new: 1; gone: 0; differing: 1." in err) == (0, True)
    assert "  A3: new\n  A1: referrals\n" in err
    code, out, err = waypost("return", "cin-census", "--year", "2025-26", "--out", tmp_path / "out.xml")
    assert (code, out, "left as it is" in err) == (2, "", True)


def test_what_is_left_out_is_listed_and_ends_with_1(waypost: Command, tmp_path: Path) -> None:
    filed = census(2025, child("A1", referral("2024-05-01"), referral("2024-02-31"))).write(tmp_path)
    rejects = tmp_path / "rejects.csv"
    code, out, err = waypost("load", "cin-census", filed, "--trial", "--rejects", rejects)
    assert (code, err) == (1, "")
    assert "1  referrals would be added" in out
    with rejects.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["child"], row["table"], row["row"]) == ("cin_2025.xml", "A1", "CINdetails", "2")
    assert "2024-02-31" in row["reason"]
    assert not Child.objects.exists()
    code, _, err = waypost("load", "cin-census", filed)
    assert (code, err.startswith("cin_2025.xml, child A1, CINdetails, row 2: CINreferralDate is")) == (1, True)


def test_a_load_is_done_by_the_loader_or_by_somebody(waypost: Command, filed: Path) -> None:
    User.objects.create_user("clerk@example.org", "Perpetua Moss")
    code, out, err = waypost("load", "cin-census", filed, "--as", "clerk@example.org")
    assert (code, out) == (2, "")
    assert err.startswith("clerk@example.org may not load files")
    assert waypost("load", "cin-census", filed, "--as", "nobody@example.org")[0] == 2
    assert not Child.objects.exists()
    waypost("load", "cin-census", filed)
    assert User.objects.get(name="Waypost loader").is_active is False
    assert Child.history.first().history_user.name == "Waypost loader"


WRONG = {
    "indicators --live": "held no referral",
    "indicators --live --authority 992": "holds no authority 992",
    "indicators --live --as-known-on 2100-01-01": "Nobody knows yet",
    "indicators --live --as-known-on 31/03/2026": "is not a real date",
    "indicators --cin FILE --as-known-on 2026-03-31": "give --live with --as-known-on",
    "indicators --live --cin FILE": "not both",
    "freeze create --live --as-known-on 2020-01-01": "held no referral",
    "return cin-census --year 2024-25 --out OUT": "held no referral",
    "return cin-census --year 2024-25": "--out FILE",
    "return cin-census --out OUT": "--year",
    "load cin-census NOWHERE": "could not be opened",
    "load annex-a FILE": "cin-census files only",
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_is_one_plain_sentence(waypost: Command, filed: Path, tmp_path: Path, words: str) -> None:
    places = {"FILE": filed, "NOWHERE": tmp_path / "nowhere.xml", "OUT": tmp_path / "out.xml"}
    code, out, err = waypost(*(places.get(word, word) for word in words.split()))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert WRONG[words] in err
    assert not (tmp_path / "out.xml").exists()


def test_a_record_of_several_authorities_asks_which(waypost: Command) -> None:
    Authority.objects.create(code="992", name="Brookvale")
    code, _, err = waypost("indicators", "--live")
    assert (code, "choose one with --authority" in err) == (2, True)


def test_a_year_under_way_is_due_up_to_the_last_change_and_its_freeze_and_census_know_it(
    waypost: Command, filed: Path, tmp_path: Path
) -> None:
    waypost("load", "cin-census", filed)
    today = timezone.localdate()
    year = FinancialYear.holding(today)
    asked = ("--year", year, "--by", "month", "--only", "cpp_at_date")
    out_file = tmp_path / "out.xml"
    assert waypost("return", "cin-census", "--year", year, "--out", out_file)[0] == 0
    id = waypost("freeze", "create", "--live")[1].strip()
    answers = [
        json.loads(waypost("indicators", *source, *asked)[1])["figures"]
        for source in (("--live",), ("--freeze", id), ("--cin", out_file))
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][-1]["status"] == ("not_due" if today < year.end else "final")
