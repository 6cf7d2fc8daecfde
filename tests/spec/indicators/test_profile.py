"""Who is on plans: category of abuse, age, sex, ethnicity and disability."""

from __future__ import annotations

from .answers import Figures, answer, cases, month, quarter, spec, tally, values, year
from .children import census, child, plan

CATEGORIES = ["neglect", "emotional", "physical", "sexual", "multiple", "unknown"]


@spec("cpp_by_category", "cpp_start_category")
def test_open_plans_go_by_the_latest_category_and_new_ones_by_the_first(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", plan("2024-06-20", at_first="NEG", category="EMO")),
            child("Omar", plan("2024-06-20", at_first="PHY", category="EMO")),
            child("Iris", plan("2024-06-20", "2024-09-20", at_first="SAB", category="SAB")),  # not open
            child("Noah", plan("2023-06-20", at_first="MUL", category="NEG")),  # not new
            child("Zara", plan("2024-06-20", at_first="ABC", category=None)),  # no such code, and none given
            child("Leo", plan("2024-06-20", at_first="MUL", category=" PHY ")),
        )
    )
    assert values(results, "cpp_by_category", "category") == CATEGORIES
    assert tally(results, "cpp_by_category", "category") == {"neglect": 1, "emotional": 2, "physical": 1, "unknown": 1}
    assert answer(results, "cpp_by_category", category="emotional") == (2, 5, 40.0)
    assert answer(results, "cpp_by_category", category="sexual") == (0, 5, 0.0)
    assert values(results, "cpp_start_category", "category") == CATEGORIES
    assert tally(results, "cpp_start_category", "category") == {
        "neglect": 1,
        "physical": 1,
        "sexual": 1,
        "multiple": 1,
        "unknown": 1,
    }
    assert answer(results, "cpp_start_category", category="neglect") == (1, 5, 20.0)


@spec("cpp_by_category")
def test_the_category_at_31_march_serves_every_period_of_the_year(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-05-20", at_first="NEG", category="EMO"))), by="quarter")
    assert tally(results, "cpp_by_category", "category", quarter(1)) == {"emotional": 1}


@spec("cpp_by_age")
@cases(
    "born, expected, lbhf, dfe",
    {
        "born the day after": ("2025-04-01", None, "0-1", "unborn"),
        "not born yet": (None, "2025-05-01", "0-1", "unborn"),
        "not born though expected before": (None, "2025-03-01", "0-1", "unborn"),
        "nothing known": (None, None, "unknown", "unknown"),
        "a birth date that is no real day, and one expected": ("2025-02-30", "2025-02-28", "0-1", "unborn"),
        "born on the day": ("2025-03-31", None, "0-1", "under 1"),
        "a day short of 1": ("2024-04-01", None, "0-1", "under 1"),
        "1 on the day": ("2024-03-31", None, "0-1", "1-4"),
        "a day short of 2": ("2023-04-01", None, "0-1", "1-4"),
        "2 on the day": ("2023-03-31", None, "2-3", "1-4"),
        "a day short of 4": ("2021-04-01", None, "2-3", "1-4"),
        "4 on the day": ("2021-03-31", None, "4-8", "1-4"),
        "a day short of 5": ("2020-04-01", None, "4-8", "1-4"),
        "5 on the day": ("2020-03-31", None, "4-8", "5-9"),
        "9 on the day": ("2016-03-31", None, "9-14", "5-9"),
        "10 on the day": ("2015-03-31", None, "9-14", "10-15"),
        "a day short of 15": ("2010-04-01", None, "9-14", "10-15"),
        "15 on the day": ("2010-03-31", None, "15+", "10-15"),
        "16 on the day": ("2009-03-31", None, "15+", "16-17"),
        "a day short of 18": ("2007-04-01", None, "15+", "16-17"),
        "18 on the day": ("2007-03-31", None, "15+", "18+"),
    },
)
def test_age_at_31_march(figures: Figures, born: str | None, expected: str | None, lbhf: str, dfe: str) -> None:
    results = figures(census(2025, child("Maya", plan("2025-03-03"), born=born, expected=expected)))
    assert values(results, "cpp_by_age", "age_band_lbhf") == ["0-1", "2-3", "4-8", "9-14", "15+", "unknown"]
    assert tally(results, "cpp_by_age", "age_band_lbhf") == {lbhf: 1}
    assert values(results, "cpp_by_age", "age_band_dfe") == [
        *("unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+"),
        "unknown",
    ]
    assert tally(results, "cpp_by_age", "age_band_dfe") == {dfe: 1}
    assert answer(results, "cpp_by_age", age_band_dfe=dfe) == (1, 1, 100.0)


@spec("cpp_by_age")
def test_a_birthday_on_29_february_falls_on_1_march(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-05-20"), born="2020-02-29")), by="month")
    assert tally(results, "cpp_by_age", "age_band_dfe", month(2025, 2)) == {"1-4": 1}
    assert tally(results, "cpp_by_age", "age_band_dfe", month(2025, 3)) == {"5-9": 1}


@spec("cpp_by_age")
def test_age_is_at_the_snapshot_of_each_period(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-04-20"), born="2024-05-20")), by="month")
    assert tally(results, "cpp_by_age", "age_band_dfe", month(2024, 4)) == {"unborn": 1}
    assert tally(results, "cpp_by_age", "age_band_dfe", month(2024, 5)) == {"under 1": 1}


@spec("cpp_by_sex")
def test_sex_is_male_female_or_unknown(figures: Figures) -> None:
    said = ["M", "F", " F ", "U", "", None, "X", "f"]
    results = figures(census(2025, *(child(f"Child{n}", plan("2024-06-20"), sex=sex) for n, sex in enumerate(said))))
    assert values(results, "cpp_by_sex", "sex") == ["male", "female", "unknown"]
    assert answer(results, "cpp_by_sex", sex="male") == (1, 8, 12.5)
    assert answer(results, "cpp_by_sex", sex="female") == (2, 8, 25.0)
    assert answer(results, "cpp_by_sex", sex="unknown") == (5, 8, 62.5)


@spec("cpp_by_sex")
def test_before_2024_25_sex_was_filed_as_a_number(figures: Figures) -> None:
    said = ["M", "F", "F", "U", "9"]  # written 1, 2, 2, 0 and 9
    results = figures(census(2024, *(child(f"Child{n}", plan("2023-06-20"), sex=sex) for n, sex in enumerate(said))))
    assert tally(results, "cpp_by_sex", "sex", year("2023-24")) == {"male": 1, "female": 2, "unknown": 2}


@spec("cpp_by_ethnicity")
def test_ethnic_groups_are_shares_of_those_known_and_unknown_of_all(figures: Figures) -> None:
    codes = [
        *("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
        *("MWBC", "MWBA", "MWAS", "MOTH"),
        *("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
        *("BCRB", "BAFR", " BOTH "),
        "OOTH",
        *("REFU", "NOBT", "WXYZ", ""),
    ]
    results = figures(
        census(2025, *(child(f"Child{n}", plan("2024-06-20"), ethnicity=code) for n, code in enumerate(codes)))
    )
    assert values(results, "cpp_by_ethnicity", "ethnicity") == ["white", "mixed", "asian", "black", "other", "unknown"]
    assert answer(results, "cpp_by_ethnicity", ethnicity="white") == (5, 18, 27.8)
    assert answer(results, "cpp_by_ethnicity", ethnicity="mixed") == (4, 18, 22.2)
    assert answer(results, "cpp_by_ethnicity", ethnicity="asian") == (5, 18, 27.8)
    assert answer(results, "cpp_by_ethnicity", ethnicity="black") == (3, 18, 16.7)
    assert answer(results, "cpp_by_ethnicity", ethnicity="other") == (1, 18, 5.6)
    assert answer(results, "cpp_by_ethnicity", ethnicity="unknown") == (4, 22, 18.2)


@spec("cpp_by_ethnicity")
def test_where_no_ethnicity_is_known_only_unknown_has_a_share(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20"), ethnicity="REFU")))
    assert answer(results, "cpp_by_ethnicity", ethnicity="white") == "not_applicable"
    assert answer(results, "cpp_by_ethnicity", ethnicity="unknown") == (1, 1, 100.0)


@spec("cpp_disabled")
def test_a_disabled_child_has_a_code_other_than_none(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", plan("2024-06-20"), disabilities=["LD"]),
            child("Omar", plan("2024-06-20"), disabilities=["MOB", "AUT"]),  # one child, two codes
            child("Iris", plan("2024-06-20"), disabilities=["NONE"]),
            child("Noah", plan("2024-06-20"), disabilities=[]),
            child("Zara", plan("2024-06-20"), disabilities=["XYZ"]),  # no such code
            child("Leo", plan("2024-06-20", "2024-09-20"), disabilities=["LD"]),  # not open
        )
    )
    assert answer(results, "cpp_disabled") == (2, 5, 40.0)


@spec("cpp_by_category", "cpp_start_category", "cpp_by_age", "cpp_by_sex", "cpp_by_ethnicity", "cpp_disabled")
def test_no_plans_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025))
    assert answer(results, "cpp_by_category", category="neglect") == "not_applicable"
    assert answer(results, "cpp_start_category", category="neglect") == "not_applicable"
    assert answer(results, "cpp_by_age", age_band_lbhf="0-1") == "not_applicable"
    assert answer(results, "cpp_by_sex", sex="male") == "not_applicable"
    assert answer(results, "cpp_by_ethnicity", ethnicity="unknown") == "not_applicable"
    assert answer(results, "cpp_disabled") == "not_applicable"
