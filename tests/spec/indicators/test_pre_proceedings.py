"""Pre-proceedings and family group decision making, which the census asks for from 2026-27."""

from __future__ import annotations

from .answers import Figures, answer, spec, values, year
from .children import census, child, plan, pre_proceedings

ALL = ("preproc_open", "preproc_weeks", "preproc_outcome", "fgdm_offered", "fgdm_held")
ASKED = year("2026-27")


@spec("preproc_open")
def test_children_in_pre_proceedings_at_31_march(figures: Figures) -> None:
    results = figures(
        census(
            2027,
            child("Maya", pre_proceedings("2026-05-01"), pre_proceedings("2026-09-01")),  # one child
            child("Omar", pre_proceedings("2027-03-31")),
            child("Iris", pre_proceedings("2026-05-01", "2027-04-01")),
            child("Noah", pre_proceedings("2026-05-01", "2027-03-31")),  # decided on the day
            child("Zara", pre_proceedings("2027-04-01")),
            child("Leo", pre_proceedings(None)),
        )
    )
    assert answer(results, "preproc_open", ASKED) == (3, None, 3)


@spec("preproc_weeks")
def test_the_middle_length_of_pre_proceedings_in_weeks(figures: Figures) -> None:
    results = figures(
        census(
            2027,
            child("Maya", pre_proceedings("2026-04-20", "2026-05-30")),  # 40 days
            child("Omar", pre_proceedings("2026-04-20", "2026-05-10")),  # 20 days
            child("Iris", pre_proceedings("2026-04-20", "2026-09-07")),  # 140 days
            child("Noah", pre_proceedings("2026-01-01", "2026-04-01")),  # 90 days
            child("Zara", pre_proceedings("2026-06-02", "2026-06-01")),  # backwards
            child("Leo", pre_proceedings(None, "2026-06-01")),
            child("Ada", pre_proceedings("2026-01-01", "2026-03-31")),  # the year before
        )
    )
    assert answer(results, "preproc_weeks", ASKED) == (None, 4, 5.7)  # the second of four: 40 days


@spec("preproc_weeks")
def test_pre_proceedings_begun_and_decided_on_a_day_last_no_weeks(figures: Figures) -> None:
    results = figures(census(2027, child("Maya", pre_proceedings("2026-06-01", "2026-06-01"))))
    assert answer(results, "preproc_weeks", ASKED) == (None, 1, 0.0)


@spec("preproc_outcome")
def test_outcomes_are_shares_of_those_decided_in_the_year(figures: Figures) -> None:
    said = ["A", " A ", "B", "C", None, "D", "a", "A"]
    results = figures(
        census(
            2027,
            *(
                child(f"Child{n}", pre_proceedings("2026-05-01", "2026-08-03", outcome=outcome))
                for n, outcome in enumerate(said)
            ),
            child("Maya", pre_proceedings("2026-05-01", outcome="A")),  # not decided
        )
    )
    assert values(results, "preproc_outcome", "outcome", ASKED) == ["A", "B", "C", "unknown"]
    assert answer(results, "preproc_outcome", ASKED, outcome="A") == (3, 8, 37.5)
    assert answer(results, "preproc_outcome", ASKED, outcome="B") == (1, 8, 12.5)
    assert answer(results, "preproc_outcome", ASKED, outcome="unknown") == (3, 8, 37.5)


@spec("fgdm_offered", "fgdm_held")
def test_meetings_are_offered_in_letters_and_held_after_offers(figures: Figures) -> None:
    results = figures(
        census(
            2027,
            child("Maya", pre_proceedings("2026-05-01", letter="2026-04-01", offered=True, held=True)),
            child("Omar", pre_proceedings("2026-05-01", letter="2027-03-31", offered="1", held=False)),
            child("Iris", pre_proceedings("2026-05-01", letter="2026-05-04", offered="TRUE")),
            child("Noah", pre_proceedings("2026-05-01", letter="2026-05-04", offered=False, held=True)),  # no offer
            child("Zara", pre_proceedings("2026-05-01", letter="2026-05-04")),
            child("Leo", pre_proceedings("2026-05-01", offered=True, held=True)),  # no letter
            child("Ada", pre_proceedings("2026-03-01", letter="2026-03-31", offered=True, held=True)),  # year before
        )
    )
    assert answer(results, "fgdm_offered", ASKED) == (3, 5, 60.0)
    assert answer(results, "fgdm_held", ASKED) == (1, 3, 33.3)


@spec(*ALL)
def test_before_2026_27_a_file_without_the_group_cannot_say(figures: Figures) -> None:
    results = figures(census(2026, child("Maya", plan("2025-06-02"))))
    for indicator in ALL:
        assert answer(results, indicator, year("2025-26")) == "not_available", indicator
        assert results.get(indicator, year("2025-26")).note


@spec(*ALL)
def test_before_2026_27_a_file_with_the_group_can(figures: Figures) -> None:
    group = pre_proceedings("2025-05-01", "2025-06-12", outcome="B", letter="2025-05-02", offered=True, held=True)
    results = figures(census(2026, child("Maya", group)))
    then = year("2025-26")
    assert answer(results, "preproc_open", then) == (0, None, 0)
    assert answer(results, "preproc_weeks", then) == (None, 1, 6.0)
    assert answer(results, "preproc_outcome", then, outcome="B") == (1, 1, 100.0)
    assert answer(results, "fgdm_offered", then) == (1, 1, 100.0)
    assert answer(results, "fgdm_held", then) == (1, 1, 100.0)


@spec(*ALL)
def test_from_2026_27_a_file_without_the_group_says_none(figures: Figures) -> None:
    results = figures(census(2027, child("Maya", plan("2026-06-02"))))
    assert answer(results, "preproc_open", ASKED) == (0, None, 0)
    assert answer(results, "preproc_weeks", ASKED) == "not_applicable"
    assert answer(results, "preproc_outcome", ASKED, outcome="A") == "not_applicable"
    assert answer(results, "fgdm_offered", ASKED) == "not_applicable"
    assert answer(results, "fgdm_held", ASKED) == "not_applicable"
