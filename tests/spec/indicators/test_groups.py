"""Figures by sex, ethnicity, age, category and disability: which are given, and that they add up."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from waypost.domain.errors import WrongUse
from waypost.indicators.results import Results

from .answers import YEAR, Figures, answer, cases, month, spec, tally, values
from .children import Census, assessment, census, child, cin_plan, enquiry, plan, referral

SEXES = ["male", "female", "unknown"]
ETHNIC_GROUPS = ["white", "mixed", "asian", "black", "other", "unknown"]
AGES = ["unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+", "unknown"]
LBHF_AGES = ["0-1", "2-3", "4-8", "9-14", "15+", "unknown"]
CATEGORIES = ["neglect", "emotional", "physical", "sexual", "multiple", "unknown"]
DISABILITY = ["yes", "no", "unknown"]
FIELDS = ("sex", "ethnicity", "age_band", "category", "age_band_local", "disability")


@spec("cpp_at_date")
def test_the_total_and_every_value_of_a_field_are_given_nought_included(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20"))), group_by=FIELDS)
    assert answer(results, "cpp_at_date") == (1, None, 1)
    assert {field: values(results, "cpp_at_date", field) for field in FIELDS} == {
        "sex": SEXES,
        "ethnicity": ETHNIC_GROUPS,
        "age_band": AGES,
        "category": CATEGORIES,
        "age_band_local": LBHF_AGES,
        "disability": DISABILITY,
    }
    assert answer(results, "cpp_at_date", sex="male") == (0, None, 0)
    assert len(results) == 1 + 3 + 6 + 8 + 6 + 6 + 3  # one field at a time, not crossed


@spec("ni64")
def test_a_group_with_nothing_in_it_has_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2021-06-20", "2024-06-20"), sex="F")), group_by=["sex"])
    assert answer(results, "ni64", sex="female") == (1, 1, 100.0)
    assert answer(results, "ni64", sex="male") == "not_applicable"


FOR_ALL = {"sex", "ethnicity", "age_band"}
FOR_PLANS = FOR_ALL | {"category"}
WHICH: dict[str, set[str]] = {
    "referrals": FOR_ALL,
    "multi_referral_fy": FOR_ALL,
    "referral_source": FOR_ALL,
    "sa_45wd": FOR_ALL,
    "cin_at_date": FOR_ALL,
    "cin_flow": FOR_ALL,
    "cin_plan_children": FOR_ALL,
    "s47_to_icpc": FOR_ALL,
    "icpc_count": FOR_ALL,
    "icpc_to_cpp": FOR_ALL,
    "icpc_median_wd": FOR_ALL,
    "cpp_at_date": FOR_PLANS,
    "cpp_anypoint": FOR_PLANS,
    "cpp_net": FOR_PLANS,
    "cpp_3m_count": FOR_PLANS,
    "cpp_disabled": FOR_PLANS,
    "dereg_pct_local": FOR_PLANS,
    "ni64": FOR_PLANS,
    "ni65": FOR_PLANS,
    "ni67": FOR_PLANS,
    "repeat_12m_of_new": FOR_PLANS,
    "repeat_12m_of_repeats": FOR_PLANS,
    "repeat_2y": FOR_PLANS,
    "first_time_plans": FOR_PLANS,
    "previous_plans": FOR_PLANS,
    "reviews_on_time_events": FOR_PLANS,
    "cpp_by_category": FOR_ALL,
    "cpp_start_category": FOR_ALL,
    "cpp_by_age": FOR_PLANS - {"age_band"},
    "cpp_by_sex": FOR_PLANS - {"sex"},
    "cpp_by_ethnicity": FOR_PLANS - {"ethnicity"},
    "referral_rate": set(),
    "rereferral_rate": set(),
    "sa_rate": set(),
    "assess_factors": set(),
    "cin_rate": set(),
    "s47_rate": set(),
    "icpc_rate": set(),
    "cpp_rate": set(),
    "cpp_start_rate": set(),
    "cpp_end_rate": set(),
}
OWN_KEYS: dict[str, list[set[str]]] = {
    "referral_source": [{"source"}],
    "cin_flow": [{"measure"}],
    "s47_to_icpc": [{"version"}],
    "icpc_median_wd": [{"statistic"}],
    "cpp_anypoint": [{"measure"}],
    "previous_plans": [{"previous_plans"}],
    "cpp_by_category": [{"category"}],
    "cpp_start_category": [{"category"}],
    "cpp_by_age": [{"age_band_lbhf"}, {"age_band_dfe"}],
    "cpp_by_sex": [{"sex"}],
    "cpp_by_ethnicity": [{"ethnicity"}],
    "assess_factors": [{"factor"}],
}


@spec(*WHICH)
def test_which_fields_go_with_which_indicators(figures: Figures) -> None:
    maya = child("Maya", referral("2024-05-01", plan("2024-06-20")))
    results = figures(
        census(2023, maya), census(2024, maya), census(2025, maya), group_by=sorted(FOR_PLANS), population=10_000
    )
    for indicator, fields in WHICH.items():
        given = {frozenset(figure.group) for figure in results if figure.indicator == indicator}
        more: list[set[str]] = [set(), *({field} for field in fields)]
        expected = {frozenset(own | field) for own in OWN_KEYS.get(indicator, [set()]) for field in more}
        assert given == expected, indicator


@spec("cpp_bands_open", "icpc_median_wd", "cpp_by_sex")
def test_a_split_is_given_within_each_group(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", enquiry("2024-06-03", conference="2024-06-10"), plan("2025-02-20", category="EMO"), sex="F"),
            child("Omar", enquiry("2024-06-03", conference="2024-06-17"), plan("2025-02-20"), sex="M"),
            child("Iris", plan("2024-02-20"), sex="F"),
        ),
        group_by=["sex", "category"],
    )
    assert answer(results, "cpp_bands_open", duration_band="<=3 months") == (2, 3, 66.7)
    assert answer(results, "cpp_bands_open", duration_band="<=3 months", sex="female") == (1, 2, 50.0)
    assert answer(results, "cpp_bands_open", duration_band="<=3 months", sex="male") == (1, 1, 100.0)
    assert answer(results, "cpp_bands_open", duration_band="<=3 months", category="neglect") == (1, 2, 50.0)
    assert answer(results, "cpp_bands_open", duration_band="<=3 months", sex="unknown") == "not_applicable"
    assert answer(results, "icpc_median_wd", statistic="median") == (None, 2, 5)
    assert answer(results, "icpc_median_wd", statistic="median", sex="male") == (None, 1, 10)
    assert answer(results, "cpp_by_sex", sex="female", category="neglect") == (1, 2, 50.0)  # within neglect


@spec("cpp_starts", "ni65", "cpp_start_category")
def test_plans_are_always_grouped_by_the_latest_category(figures: Figures) -> None:
    results = figures(
        census(2025, child("Maya", plan("2024-06-20", at_first="NEG", category="EMO", previous=1))),
        group_by=["category"],
    )
    assert tally(results, "cpp_starts", "category") == {"emotional": 1}
    assert answer(results, "ni65", category="emotional") == (1, 1, 100.0)
    assert tally(results, "cpp_start_category", "category") == {"neglect": 1}


@spec("cpp_start_children", "cpp_anypoint", "cpp_starts")
def test_a_child_with_two_plans_can_be_in_two_categories(figures: Figures) -> None:
    results = figures(
        census(2025, child("Maya", plan("2024-04-10", "2024-07-10"), plan("2024-09-10", category="EMO"))),
        group_by=["category"],
    )
    assert answer(results, "cpp_start_children") == (1, None, 1)
    assert tally(results, "cpp_start_children", "category") == {"neglect": 1, "emotional": 1}
    assert answer(results, "cpp_anypoint", measure="children") == (1, None, 1)
    assert tally(results, "cpp_anypoint", "category", measure="children") == {"neglect": 1, "emotional": 1}
    assert tally(results, "cpp_starts", "category") == {"neglect": 1, "emotional": 1}


@spec("referrals", "referral_children", "rereferral_child", "s47_count", "s47_children", "cin_flow")
def test_age_is_at_the_event_and_for_children_at_the_periods_end(figures: Figures) -> None:
    iris = [referral("2024-05-01", enquiry("2024-06-03"), closed="2024-07-01")]
    results = figures(
        census(2024),
        census(
            2025,
            child("Maya", referral("2024-05-01", enquiry("2024-08-01"), closed="2024-09-01"), born="2024-08-01"),
            child("Iris", *iris, born="2019-12-01"),  # 4 when referred, 5 at the year's end
        ),
        group_by=["age_band"],
    )
    assert tally(results, "referrals", "age_band") == {"unborn": 1, "1-4": 1}
    assert tally(results, "referral_children", "age_band") == {"under 1": 1, "5-9": 1}
    assert answer(results, "rereferral_child", age_band="5-9") == (0, 1, 0.0)
    assert tally(results, "s47_count", "age_band") == {"under 1": 1, "1-4": 1}  # born on the day is born
    assert tally(results, "s47_children", "age_band") == {"under 1": 1, "5-9": 1}
    assert tally(results, "cin_flow", "age_band", measure="started") == {"unborn": 1, "1-4": 1}
    assert tally(results, "cin_flow", "age_band", measure="ended") == {"under 1": 1, "1-4": 1}
    assert tally(results, "cin_flow", "age_band", measure="started_children") == {"under 1": 1, "5-9": 1}


@spec("cpp_at_date")
@cases(
    "codes, group",
    {
        "a disability": (["LD"], "yes"),
        "several": (["MOB", "AUT"], "yes"),
        "none": (["NONE"], "no"),
        "nothing said": ([], "unknown"),
        "no such code": (["XYZ"], "unknown"),
    },
)
def test_disability_is_yes_no_or_unknown(figures: Figures, codes: list[str], group: str) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20"), disabilities=codes)), group_by=["disability"])
    assert tally(results, "cpp_at_date", "disability") == {group: 1}


ADDED_UP = (
    *("referrals", "referral_nfa", "referral_not_in_need", "rereferral_12m", "sa_count", "sa_45wd"),
    *("assess_overdue_open", "cin_at_date", "cin_plan_children", "s47_count", "icpc_count", "icpc_15wd"),
    *("icpc_to_cpp", "transfer_in_count", "prebirth_conferences", "cpp_at_date", "cpp_starts", "cpp_ends"),
    *("cpp_net", "ni64", "ni65", "ni67", "cpp_2y_open", "cpp_over_12m", "cpp_over_18m", "cpp_disabled"),
    *("cpp_3m_count", "first_time_plans", "repeat_12m_of_new", "repeat_12m_of_repeats", "repeat_2y"),
    "reviews_on_time_events",
)


def neighbourhood() -> Census:
    """Children of every kind, with something of everything."""
    return census(
        2025,
        child(
            "Maya",
            referral("2024-05-01", source="2A", nfa=True),
            referral(
                "2024-06-01",
                assessment("2024-06-03", "2024-07-10"),
                enquiry("2024-06-03", conference="2024-06-20"),
                plan("2024-06-20", reviews=["2024-09-20", "2025-03-20"]),
            ),
            born="2024-07-15",
            sex="F",
            ethnicity="BAFR",
        ),
        child(
            "Omar",
            referral(
                "2022-06-01",
                assessment("2024-11-01"),
                plan("2022-06-20", "2024-08-30", category="PHY", reviews=["2022-09-01"]),
                plan("2024-10-10", category="EMO", previous=1, reviews=["2025-01-20"]),
                conference="2024-10-10",
            ),
            born="2009-08-01",
            sex="M",
            ethnicity="AIND",
            disabilities=["LD"],
        ),
        child(
            "Iris",
            referral("2024-08-01", assessment("2024-08-02", "2024-12-02"), closed="2024-12-02", reason="RC8"),
            referral("2025-01-06", cin_plan("2025-01-20"), enquiry(None, conference="2025-02-03")),
            born=None,
            sex="U",
            ethnicity="NOBT",
            disabilities=[],
        ),
        child(
            "Noah",
            referral(
                "2023-02-01", plan("2023-02-20", "2024-11-29", category="SAB", previous=None), closed="2024-12-20"
            ),
            born=None,
            expected="2025-06-01",
            sex="U",
            ethnicity="MWBC",
            disabilities=["XYZ"],
        ),
        child("Zara", referral("2021-06-01", plan("2021-07-01", category="MUL")), born="2006-12-01", ethnicity="OOTH"),
        child("Leo", plan("2025-03-03", category=None), born="2020-02-29", sex="M"),
    )


@spec(*ADDED_UP)
def test_groups_add_up_to_the_total_wherever_records_are_counted(figures: Figures) -> None:
    results = figures(census(2023), census(2024), neighbourhood(), group_by=FIELDS)
    for indicator in ADDED_UP:
        whole = results.get(indicator, YEAR)
        for field in FIELDS:
            parts = list(results.split(indicator, YEAR, field).values())
            if field == "category" and not parts:
                continue
            assert sum(part.numerator or 0 for part in parts) == (whole.numerator or 0), (indicator, field)
            assert sum(part.denominator or 0 for part in parts) == (whole.denominator or 0), (indicator, field)
    assert answer(results, "cpp_starts") == (3, None, 3)  # Maya, Omar, Leo
    assert answer(results, "cpp_at_date") == (4, None, 4)  # and Zara
    assert tally(results, "cpp_at_date", "category") == {"neglect": 1, "emotional": 1, "multiple": 1, "unknown": 1}
    assert tally(results, "cpp_at_date", "age_band") == {"under 1": 1, "10-15": 1, "18+": 1, "5-9": 1}


def stock(results: Results, flow: list[tuple[str, dict[str, str]]], field: str, number: int) -> dict[str, list[Any]]:
    """Each named count of the month, by the values of a field."""
    of = month(2024, number) if number > 3 else month(2025, number)
    return {
        value: [results.get(indicator, of, **split, **{field: value}).value for indicator, split in flow]
        for value in (SEXES if field == "sex" else ETHNIC_GROUPS if field == "ethnicity" else CATEGORIES)
    }


@spec("cpp_at_date", "cpp_starts", "cpp_ends", "cpp_anypoint", "cin_at_date", "cin_flow")
@cases(
    "flow, fields",
    {
        "plans": (
            [("cpp_starts", {}), ("cpp_ends", {}), ("cpp_at_date", {}), ("cpp_anypoint", {"measure": "plans"})],
            ("sex", "ethnicity", "category"),
        ),
        "episodes of need": (
            [
                ("cin_flow", {"measure": "started"}),
                ("cin_flow", {"measure": "ended"}),
                ("cin_at_date", {}),
                ("cin_flow", {"measure": "any_point"}),
            ],
            ("sex", "ethnicity"),
        ),
    },
)
def test_opening_and_started_less_ended_is_closing_in_every_group_but_age(
    figures: Figures, flow: list[tuple[str, dict[str, str]]], fields: tuple[str, ...]
) -> None:
    results = figures(neighbourhood(), by="month", group_by=fields)
    for field in fields:
        opening = stock(results, flow, field, 4)
        for number in (5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3):
            now = stock(results, flow, field, number)
            for value, (started, ended, closing, any_point) in now.items():
                was = opening[value][2]
                assert was + started - ended == closing, (field, value, number)
                assert was + started == any_point, (field, value, number)
            opening = now


@cases(
    "asked",
    {
        "a field that is none": {"group_by": ["shoe_size"]},
        "a field of live records": {"group_by": ["team"]},
        "an indicator that is none": {"only": ["ni99"]},
    },
)
def test_an_unknown_field_or_indicator_is_refused_by_name(figures: Figures, asked: dict[str, list[str]]) -> None:
    with pytest.raises(WrongUse) as refused:
        figures(census(2025), **{"only": ["referrals"], **asked})  # type: ignore[arg-type]
    assert asked[next(iter(asked))][0] in str(refused.value)


@spec("referrals")
@cases(
    "episode, group",
    {
        "born the day after": (referral("2024-05-01"), "unborn"),
        "born on the day": (referral("2024-05-02"), "under 1"),
        "1 on the day": (referral("2025-03-31"), "under 1"),
    },
)
def test_age_at_referral(figures: Figures, episode: Element, group: str) -> None:
    results = figures(census(2025, child("Maya", episode, born="2024-05-02")), group_by=["age_band"])
    assert tally(results, "referrals", "age_band") == {group: 1}
