"""An authority beside others, with real published rows. Sums in comments were worked by hand."""

from typing import Any

import pytest

from waypost.domain.errors import WrongUse
from waypost.domain.periods import FinancialYear
from waypost.indicators.comparison import compare


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def only(text: str) -> tuple[FinancialYear, FinancialYear]:
    return year(text), year(text)


def rows(comparison: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in comparison["comparators"] if row["kind"] == kind]


def test_the_rate_of_plans_of_hammersmith_and_fulham() -> None:
    found = compare("cpp_rate", "E09000013", years=only("2024-25"), named=["207"]).as_json()
    assert {key: found[key] for key in ("indicator", "group", "authority", "unit")} == {
        "indicator": "cpp_rate",
        "group": None,
        "authority": "205",
        "unit": "rate_per_10000",
    }
    assert found["own"] == [
        {
            "year": "2024-25",
            "period": "31 March 2025",
            "value": 33.8,
            "status": "final",
            "source": "Department for Education, Local Authority Interactive Tool",
            "source_file": "LAIT bds_long_0.parquet",
            "note": None,
        }
    ]
    values = [(row["kind"], row["name"], row["year"], row["value"]) for row in found["comparators"]]
    # Neighbours: 24.0 + 42.8 + 62.6 + 36.3 + 31.4 + 27.0 + 49.2 + 42.1 + 38.8 + 13.8 = 368.0, over 10.
    assert values == [
        ("neighbours", "Statistical neighbours", "2024-25", 36.8),
        ("region", "London", "2024-25", 37.2),
        ("england", "England", "2024-25", 40.6),
        ("named", "Kensington and Chelsea", "2024-25", 27.0),
    ]
    assert [row.get("of") for row in found["comparators"]] == [10, None, None, None]
    assert found["neighbours"]["model"] == 2025
    assert [listed["la_code"] for listed in found["neighbours"]["authorities"]][:2] == ["208", "207"]


def test_the_neighbours_mean_of_counts_has_a_fraction() -> None:
    # 225 + 151 + 588 + 195 + 112 + 61 + 253 + 261 + 216 + 81 = 2,143, over 10.
    found = compare("cpp_at_date", "205", years=only("2024-25")).as_json()
    assert rows(found, "neighbours")[0]["value"] == 214.3
    assert found["own"][0]["value"] == 108


def test_a_neighbour_without_a_value_is_left_out_of_the_mean_and_of_says_so() -> None:
    # Southwark's neighbours without Hackney, whose figures were lost that year:
    # 39.6 + 47.8 + 25.0 + 42.4 + 32.7 + 43.7 + 60.2 + 61.9 + 49.1 = 402.4, over 9 is 44.71.
    found = compare("cpp_rate", "210", years=only("2021-22")).as_json()
    (mean,) = rows(found, "neighbours")
    assert (mean["value"], mean["of"], mean["lowest"], mean["highest"]) == (44.7, 9, 25.0, 61.9)


def test_there_is_a_row_for_each_kind_and_year() -> None:
    found = compare("cpp_rate", "205", years=(year("2020-21"), year("2024-25"))).as_json()
    five = ["2020-21", "2021-22", "2022-23", "2023-24", "2024-25"]
    assert [row["year"] for row in found["own"]] == five
    assert [row["value"] for row in found["own"]] == [24.6, 42.4, 42.4, 39.8, 33.8]
    assert [row["year"] for row in rows(found, "england")] == five


def test_without_years_every_published_year_is_given() -> None:
    found = compare("cpp_rate", "205").as_json()
    assert (found["own"][0]["year"], found["own"][-1]["year"]) == ("2012-13", "2024-25")


@pytest.mark.parametrize(
    ("indicator", "authority", "in_year", "status"),
    [
        ("cpp_rate", "204", "2020-21", "not_available"),  # Hackney, 2021 and 2022
        ("cpp_rate", "204", "2021-22", "not_available"),
        ("cpp_rate", "201", "2024-25", "suppressed"),
        ("ni67", "420", "2014-15", "not_applicable"),
        ("cla_substance_misuse_pct", "330", "2024-25", "not_available"),  # k: rounds to nought but is not nought
        ("ni64", "205", "2024-25", "not_available"),
    ],
)
def test_a_marked_value_is_blank_and_says_why(indicator: str, authority: str, in_year: str, status: str) -> None:
    found = compare(indicator, authority, years=only(in_year)).as_json()
    (row,) = found["own"]
    assert (row["value"], row["status"]) == (None, status)
    assert row["note"].startswith("Published as ")
    assert found["rank"] is None


@pytest.mark.parametrize(
    ("indicator", "authority", "place", "of", "best_first"),
    [
        ("icpc_15wd", "813", 1, 151, True),  # 100.0, and high is good
        ("icpc_15wd", "805", 6, 151, True),
        ("icpc_15wd", "831", 7, 151, True),  # 95.4
        ("icpc_15wd", "879", 7, 151, True),  # 95.4 too
        ("icpc_15wd", "816", 9, 151, True),
        ("rereferral_12m", "420", 1, 153, True),  # 0.0, and low is good
        ("rereferral_12m", "313", 2, 153, True),
        ("cpp_rate", "806", 1, 151, False),  # the highest, which is neither good nor bad
    ],
)
def test_rank(indicator: str, authority: str, place: int, of: int, best_first: bool) -> None:
    found = compare(indicator, authority, years=only("2024-25")).as_json()
    assert found["rank"] == {
        "year": "2024-25",
        "place": place,
        "of": of,
        "best_first": best_first,
        "ties": "share the better place",
    }


def test_the_rank_is_of_the_latest_year_with_a_value() -> None:
    found = compare("ni64", "205", years=(year("2022-23"), year("2024-25")))
    assert found.rank is not None
    assert str(found.rank.year) == "2023-24"


def test_an_invented_authority_has_no_rows_of_its_own_and_says_whose_neighbours_are_shown() -> None:
    found = compare("cpp_rate", "991", years=only("2024-25"), named=["992"]).as_json()
    assert found["own"] == []
    assert found["rank"] is None
    assert [(row["kind"], row["value"]) for row in found["comparators"]] == [
        ("neighbours", 36.8),
        ("region", 37.2),
        ("england", 40.6),
    ]
    assert found["comparators"][0]["name"] == "Statistical neighbours of Hammersmith and Fulham, as an example"
    assert "Ashdown is an invented authority" in found["note"]
    assert "Nothing is published for Brookvale" in found["note"]


def test_a_published_id_is_accepted() -> None:
    found = compare("cpp_31mar_rate", "205", years=only("2024-25")).as_json()
    assert (found["indicator"], found["own"][0]["value"]) == ("cpp_31mar_rate", 33.8)


def test_a_region_or_inner_london_may_be_named() -> None:
    found = compare("cpp_rate", "205", years=only("2024-25"), named=["E13000001"]).as_json()
    assert [(row["name"], row["value"]) for row in rows(found, "named")] == [("Inner London", 35.2)]


@pytest.mark.parametrize(("indicator", "group"), [("referral_source:school", None), ("referral_source", "school")])
def test_a_group_is_chosen_by_name(indicator: str, group: str | None) -> None:
    found = compare(indicator, "205", years=only("2024-25"), group=group).as_json()
    assert (found["indicator"], found["group"], found["unit"]) == ("referral_source", "school", "percent")
    assert found["own"][0]["value"] == 20.0


def test_category_of_abuse_is_published_for_england_to_2020_only() -> None:
    found = compare("cpp_by_category", "205", group="neglect", years=only("2019-20")).as_json()
    assert [(row["kind"], row["value"]) for row in found["comparators"]] == [("england", 50.5)]
    assert "category when the plan began" in found["note"]


def test_bands_of_ended_plans_are_shares_of_the_published_counts() -> None:
    # England 2024-25: 9,920 of 62,300 plans that ended had run three months or less, 15.92 percent.
    found = compare("cpp_bands_ended", "205", group="<=3 months", years=only("2024-25")).as_json()
    assert (found["unit"], rows(found, "england")[0]["value"]) == ("percent", 15.9)


def test_a_figure_to_be_compared_with_care_says_why() -> None:
    found = compare("assess_factors", "205", group="1A", years=only("2024-25")).as_json()
    assert found["unit"] == "percent"
    assert found["note"].startswith("Compare with care. Published as a share of episodes with any factor")


def test_a_shared_service_is_shown_for_each_authority_and_says_so() -> None:
    found = compare("sw_fte_num", "314", years=only("2024-25")).as_json()
    assert found["own"][0]["value"] == 148.8
    assert found["own"][0]["note"] == "Published for Kingston upon Thames and Richmond upon Thames together."
    assert found["rank"] is None


def test_where_the_years_asked_for_are_not_published_the_latest_before_is_given_and_a_note_says_so() -> None:
    found = compare("cpp_rate", "205", years=only("2025-26")).as_json()
    assert [row["year"] for row in found["own"]] == ["2024-25"]
    assert "Nothing is published for 2025-26; 2024-25 is the latest year before." in found["note"]


def test_years_before_the_first_give_nothing() -> None:
    found = compare("cpp_rate", "205", years=(year("2009-10"), year("2010-11"))).as_json()
    assert (found["own"], found["comparators"], found["rank"]) == ([], [], None)
    assert "Nothing is published before 2012-13." in found["note"]


def test_a_reorganised_authority_says_what_came_before_and_after() -> None:
    found = compare("cpp_rate", "839", years=only("2019-20")).as_json()
    assert (
        "Bournemouth, Christchurch and Poole began on 1 April 2019; "
        "before it there was Dorset (to 2019), Poole and Bournemouth." in found["note"]
    )


@pytest.mark.parametrize(
    ("indicator", "authority", "options", "words"),
    [
        ("cpp_rat", "205", {}, "did you mean cpp_rate"),
        ("zzzzzz", "205", {}, "not a known indicator"),
        ("ni59", "205", {}, "No published figure is held for ni59"),
        ("contacts", "205", {}, "No published figure is held for contacts"),
        ("ia_7wd_pct", "205", {}, "No published figure is held for ia_7wd_pct"),
        ("referral_source", "205", {}, "'school', 'health', 'police'"),
        ("referral_source:gp", "205", {}, "'school', 'health', 'police'"),
        ("cpp_rate:school", "205", {}, "has no group 'school'"),
        ("cpp_31mar_rate", "205", {"group": "school"}, "has no groups"),
        ("cpp_rate", "999", {}, "'999' is not a known authority"),
        ("cpp_rate", "205", {"named": ["998"]}, "'998' is not a known authority"),
        ("cpp_rate", "205", {"years": (year("2024-25"), year("2020-21"))}, "run backwards"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    indicator: str, authority: str, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(WrongUse, match=words):
        compare(indicator, authority, **options)
