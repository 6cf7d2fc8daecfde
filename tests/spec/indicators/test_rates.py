"""Rates over children aged 0 to 17, and how figures are rounded."""

from __future__ import annotations

from waypost.indicators.results import Population

from .answers import YEAR, Figures, answer, quarter, spec, year
from .children import assessment, census, child, cin_plan, enquiry, plan, referral


@spec(
    *("referral_rate", "rereferral_rate", "sa_rate", "cin_rate", "s47_rate", "icpc_rate"),
    *("cpp_rate", "cpp_start_rate", "cpp_end_rate"),
)
def test_each_rate_is_its_count_over_children_aged_0_to_17(figures: Figures) -> None:
    maya = child(
        "Maya",
        referral(
            "2024-05-01",
            assessment("2024-05-02", "2024-05-20"),
            assessment("2024-06-03", "2024-06-20"),
            assessment("2024-07-01", "2024-07-20"),
            *(enquiry("2024-05-20") for _ in range(3)),
            enquiry("2024-05-21", conference="2024-06-10"),
            *(plan("2023-06-10", "2024-06-10") for _ in range(7)),
            *(plan("2024-06-10") for _ in range(5)),
            cin_plan("2024-05-20", "2024-06-10"),
        ),
        *(referral("2024-09-02", closed="2024-09-20") for _ in range(2)),  # re-referrals, since closed
        *(referral("2024-10-01", nfa=True) for _ in range(3)),
        *(referral("2023-01-10", conference="2024-06-11") for _ in range(9)),
    )
    results = figures(census(2024), census(2025, maya), population=20_000)
    assert answer(results, "referral_rate") == (6, 20_000, 3.0)
    assert answer(results, "rereferral_rate") == (5, 20_000, 2.5)
    assert answer(results, "sa_rate") == (3, 20_000, 1.5)
    assert answer(results, "cin_rate") == (10, 20_000, 5.0)
    assert answer(results, "s47_rate") == (4, 20_000, 2.0)
    assert answer(results, "icpc_rate") == (10, 20_000, 5.0)
    assert answer(results, "cpp_rate") == (5, 20_000, 2.5)
    assert answer(results, "cpp_start_rate") == (5, 20_000, 2.5)
    assert answer(results, "cpp_end_rate") == (7, 20_000, 3.5)


@spec("cpp_rate", "referrals")
def test_a_rate_names_the_population_it_was_made_with(figures: Figures) -> None:
    file = census(2025, *(child(f"Child{n}", plan("2024-06-20")) for n in range(7)))
    results = figures(file)
    assert answer(results, "cpp_rate") == (7, 31_900, 2.2)  # 2.194
    assert results.get("cpp_rate", YEAR).population == Population(31_900, "mid-2024", "invented")
    assert results.get("referrals", YEAR).population is None
    given = figures(file, population=35_000)
    assert answer(given, "cpp_rate") == (7, 35_000, 2.0)
    population = given.get("cpp_rate", YEAR).population
    assert population is not None
    assert (population.value, population.source) == (35_000, "given")


@spec("cpp_rate", "assess_factors", "referrals")
def test_an_authority_without_a_population_has_no_rates(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", plan("2024-06-20")), authority="899"))
    assert answer(results, "cpp_rate") == "not_available"
    assert answer(results, "assess_factors") == "not_available"
    assert results.get("cpp_rate", YEAR).note
    assert answer(results, "referrals") == (0, None, 0)


@spec("cpp_rate", "cpp_at_date")
def test_a_rate_is_provisional_until_its_own_estimate_is_packaged(figures: Figures) -> None:
    asked = year("2026-27")
    results = figures(census(2027, child("Maya", plan("2026-06-20"))))
    rate = results.get("cpp_rate", asked)
    assert rate.status == "provisional"
    assert rate.population is not None
    assert rate.population.estimate != "mid-2026"
    assert (rate.numerator, rate.denominator) == (1, rate.population.value)
    assert results.get("cpp_at_date", asked).status == "final"


@spec("referral_rate")
def test_rates_of_part_of_a_year_are_not_grossed_up(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", referral("2024-05-01"))), by="quarter", population=10_000)
    assert answer(results, "referral_rate", quarter(1)) == (1, 10_000, 1.0)
    assert answer(results, "referral_rate", quarter(2)) == (0, 10_000, 0.0)


@spec("cpp_rate", "cpp_2y_open")
def test_halves_are_rounded_up(figures: Figures) -> None:
    long, short = plan("2022-06-20"), plan("2025-03-03")
    held = [child(f"Child{n}", long if n < 5 else short) for n in range(16)]
    results = figures(census(2025, *held), population=3_200_000)
    assert answer(results, "cpp_2y_open") == (5, 16, 31.3)  # 31.25
    assert answer(results, "cpp_rate") == (16, 3_200_000, 0.1)  # 0.05
    quarter_each = figures(census(2025, held[0]), population=40_000)
    assert answer(quarter_each, "cpp_rate") == (1, 40_000, 0.3)  # 0.25
