"""Children in need: episodes open, begun and ended, primary need and plans."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .answers import Figures, answer, cases, month, spec, tally, values
from .children import assessment, census, child, cin_plan, enquiry, referral

ASSESSED = assessment("2024-05-02", "2024-05-20")


@spec("cin_at_date")
@cases(
    "episode, is_open",
    {
        "not closed": (referral("2024-05-01"), 1),
        "begun years ago": (referral("2010-05-01"), 1),
        "begun on 31 March": (referral("2025-03-31"), 1),
        "begun on 1 April": (referral("2025-04-01"), 0),
        "closed on 31 March": (referral("2024-05-01", closed="2025-03-31"), 0),
        "closed on 1 April": (referral("2024-05-01", closed="2025-04-01"), 1),
        "no further action": (referral("2024-05-01", nfa=True), 0),
        "no further action not said": (referral("2024-05-01", nfa=None), 1),
        "no date of referral": (referral(None), 0),
        "closed before it began": (referral("2025-04-01", closed="2024-05-01"), 0),
        "not in need, to be closed the day after": (
            referral("2024-05-01", ASSESSED, closed="2025-04-01", reason="RC8"),
            0,
        ),
        "not in need, not dated as closed": (referral("2024-05-01", ASSESSED, reason="RC9"), 0),
        "closed after assessment, with an enquiry": (
            referral("2024-05-01", ASSESSED, enquiry("2024-05-10"), closed="2025-04-01", reason="RC8"),
            1,
        ),
        "closed after assessment, with none": (referral("2024-05-01", closed="2025-04-01", reason="RC8"), 1),
    },
)
def test_an_episode_of_need_is_open_at_31_march(figures: Figures, episode: Element, is_open: int) -> None:
    results = figures(census(2025, child("Maya", episode)))
    assert answer(results, "cin_at_date") == (is_open, None, is_open)


@spec("cin_at_date")
def test_an_episode_closed_as_not_in_need_is_left_out_at_the_month_ends_before(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-04-10", ASSESSED, closed="2024-06-20", reason="RC8")),
            child("Omar", referral("2024-04-10", ASSESSED, closed="2024-06-20", reason="RC7")),
        ),
        by="month",
    )
    assert [answer(results, "cin_at_date", month(2024, number)) for number in (4, 5, 6)] == [
        (1, None, 1),
        (1, None, 1),
        (0, None, 0),
    ]


@spec("cin_flow", "cin_at_date")
def test_episodes_begun_ended_and_open_at_any_point_and_the_children_in_them(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", referral("2024-05-01", closed="2024-05-01")),  # begun and ended on one day
            child("Omar", referral("2023-01-10")),  # open throughout
            child("Iris", referral("2024-04-01", closed="2024-06-30"), referral("2024-07-01")),
            child("Noah", referral("2023-01-10", closed="2024-03-31")),  # not open at the close of the day before
            child("Zara", referral("2023-01-10", closed="2024-04-01")),
            child("Leo", referral("2024-05-01", nfa=True)),
            child("Ada", referral("2024-05-01", closed="2024-04-20")),  # closed before it began
            child("Sam", referral("2024-05-01", ASSESSED, closed="2024-05-20", reason="RC8")),  # not in need
        )
    )
    assert {name: answer(results, "cin_flow", measure=name) for name in values(results, "cin_flow", "measure")} == {
        "started": (3, None, 3),  # Maya, Iris twice
        "ended": (3, None, 3),  # Maya, Iris, Zara
        "any_point": (5, None, 5),  # and Omar, and Iris again
        "started_children": (2, None, 2),
        "ended_children": (3, None, 3),
        "any_point_children": (4, None, 4),
    }
    assert answer(results, "cin_at_date") == (2, None, 2)  # Omar and Iris: any point less ended


@spec("cin_primary_need")
def test_primary_need_is_shared_out_over_all_open_episodes(figures: Figures) -> None:
    codes = ["N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"]
    said: list[str | None] = [*codes, " N1 ", "N1", "N10", "n1", "", None]
    closed = referral("2024-05-01", need="N1", closed="2025-03-31")
    results = figures(census(2025, child("Maya", closed, *(referral("2024-05-01", need=code) for code in said))))
    assert values(results, "cin_primary_need", "primary_need") == [*codes, "unknown"]
    assert answer(results, "cin_primary_need", primary_need="N1") == (3, 16, 18.8)
    assert answer(results, "cin_primary_need", primary_need="N0") == (1, 16, 6.3)
    assert answer(results, "cin_primary_need", primary_need="N9") == (1, 16, 6.3)
    assert answer(results, "cin_primary_need", primary_need="unknown") == (4, 16, 25.0)


@spec("cin_primary_need")
def test_no_open_episodes_is_nothing_to_divide_by(figures: Figures) -> None:
    results = figures(census(2025, child("Maya", referral("2024-05-01", closed="2025-03-31"))))
    assert tally(results, "cin_primary_need", "primary_need") == {}
    assert answer(results, "cin_primary_need", primary_need="N1") == "not_applicable"


@spec("cin_plan_children")
def test_child_in_need_plans_open_at_31_march(figures: Figures) -> None:
    results = figures(
        census(
            2025,
            child("Maya", cin_plan("2024-05-01")),
            child("Omar", cin_plan("2025-03-31")),
            child("Iris", cin_plan("2024-05-01", "2025-04-01")),
            child("Noah", cin_plan("2024-05-01", "2025-03-31")),  # ended on the day
            child("Zara", cin_plan("2025-04-01")),
            child("Leo", cin_plan(None)),
            child("Ada", cin_plan("2024-05-01"), cin_plan("2024-06-01")),  # as filed
            child("Sam", referral("2024-05-01", cin_plan("2024-05-10"), closed="2024-06-01")),  # by its own dates
        )
    )
    assert answer(results, "cin_plan_children") == (6, None, 6)
