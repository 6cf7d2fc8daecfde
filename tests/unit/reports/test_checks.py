"""Text that does not fit its figures is found, by people's hands or by ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.reports.made import YEAR, number
from waypost.reports.checks import Finding, check, must_hold, placeholders
from waypost.reports.model import (
    Callout,
    Cell,
    Chance,
    Chart,
    FrontLine,
    Given,
    Moved,
    Number,
    Paragraph,
    Placed,
    Ranked,
    Report,
    ReportRefused,
    Row,
    Section,
    Span,
    Text,
    Whole,
)
from waypost.reports.numbering import numbered
from waypost.reports.tables import cell, table
from waypost.reports.words import number_words


def share(count: int | None, base: int, **more: object) -> Number:
    value = None if count is None else round(100 * count / base, 1)
    return number(value, unit="percent", numerator=count, denominator=base, **{"indicator": "ni67", **more})


NOW, BEFORE = share(45, 50), share(40, 50, year=YEAR.before())
HELD = table(
    "t", "Reviews on time", unit="Share", period="Two years", base="Children", head="Area",
    columns=["2023-24", "2024-25"], rows=[Row("Ashdown", (cell(BEFORE), cell(NOW)))],
)  # fmt: skip


def with_text(report: Report, *spans: Span | str, by: str = "") -> Report:
    said = Paragraph(tuple(Text(span) if isinstance(span, str) else span for span in spans), by)
    return replace(report, sections=numbered((Section("reviews", "Reviews", (said, HELD)),)))


def found(report: Report, *spans: Span | str, by: str = "") -> list[Finding]:
    return list(check(with_text(report, *spans, by=by)))


def placed(number: Number) -> Placed:
    return Placed(number_words(number), number)


# ---------------------------------------------------------------- what Waypost wrote


def test_a_whole_report_holds(report: Report) -> None:
    assert check(report) == ()
    assert placeholders(report) == ()


@pytest.mark.parametrize(
    "words",
    [
        "There were 12 plans.",
        "The share was 48.4%.",
        "It rose in the year.",
        "The rate has fallen.",
        "Plans went up.",
        "It is down from last year.",
        "It remained constant.",
        "The share is higher here.",
        "More than England.",
        "This was the highest share.",
        "Neglect was found most often.",
        "It was the worst year.",
        "It peaked in May.",
    ],
)
def test_what_was_typed_and_should_have_come_from_a_figure_is_refused(report: Report, words: str) -> None:
    (finding, *_) = found(report, words)
    assert finding.severity == "refuse"
    assert finding.where == "Section 1, Reviews"
    with pytest.raises(ReportRefused, match="Section 1, Reviews"):
        must_hold(with_text(report, words))


@pytest.mark.parametrize(
    "words",
    [
        "On 31 March 2025 plans were counted, as in the year 2024-25.",
        "A section 47 enquiry is made under the Children Act 1989.",
        "Children aged 0 to 17, or aged 3, for each 10,000 of them.",
        "Lower is better. Higher is better. Neither very high nor very low is good.",
        "At least one visit, and every visit is written up.",
        "The follow-up was set up again in the autumn.",
    ],
)
def test_what_compares_no_figures_is_let_be(report: Report, words: str) -> None:
    assert found(report, words) == []


def test_a_name_may_hold_digits(report: Report) -> None:
    assert found(report, Given("Form 12, the lowest of them"), " was used.") == []


def test_checked_words_are_let_be(report: Report) -> None:
    moved = Moved("rose to", "up", BEFORE, NOW)
    ranked = Ranked("the highest", "most", (NOW,), (BEFORE, NOW))
    assert found(report, "The share ", moved, " ", placed(NOW), ", ", ranked, ".") == []


def test_a_word_of_direction_told_to_stand_for_another_is_refused(report: Report) -> None:
    (finding,) = found(report, "The share ", Moved("fell to", "up", BEFORE, NOW), " ", placed(NOW), ".")
    assert "says 'fell' where the figures went up" in finding.says


@pytest.mark.parametrize("words", [" of all children.", ", every one of them.", " and none since."])
def test_everyone_and_no_one_are_not_typed_of_a_share(report: Report, words: str) -> None:
    (finding,) = found(report, placed(NOW), words)
    assert "of a share" in finding.says


def test_the_words_of_a_number_are_its_own_or_those_of_its_parts(report: Report) -> None:
    assert found(report, placed(NOW), " (", Placed("45", NOW), " of ", Placed("50", NOW), ").") == []
    (finding,) = found(report, Placed("91.0%", NOW), " were on time.")
    assert "shows '91.0%'" in finding.says


def test_a_callout_and_a_title_are_checked_too(report: Report) -> None:
    section = Section("s", "Reviews fell", (Callout(Paragraph((Text("There were 12."),))),))
    wheres = [finding.where for finding in check(replace(report, sections=numbered((section,))))]
    assert wheres == ["Section 1", "Section 1, Reviews fell"]


def test_the_title_of_a_chart_is_a_checked_sentence(report: Report) -> None:
    drawn = next(chart for chart in report.charts if chart.key == "rate-chart")
    assert any("on plans" in finding.says for finding in _of_chart(report, replace(drawn, finding="It fell"))) is False
    assert any(
        "no figures were placed" in finding.says for finding in _of_chart(report, replace(drawn, finding="Good"))
    )


def _of_chart(report: Report, chart: Chart) -> tuple[Finding, ...]:
    held = next(held for held in report.tables if held.key == chart.table)
    return check(replace(report, sections=numbered((Section("s", "Rate", (chart, held)),))))


def test_a_mark_in_a_sentence_needs_its_note(report: Report) -> None:
    marked = replace(NOW, marks=("n",))
    (finding,) = found(report, placed(marked), " were on time.")
    assert "the mark (n)" in finding.says
    noted = table(
        "n", "Reviews", unit="Share", period="A year", base="Children", head="Area", columns=["2024-25"],
        rows=[Row("Ashdown", (cell(marked),))],
    )  # fmt: skip
    said = Section("s", "Reviews", (Paragraph((placed(marked),)), noted))
    assert check(replace(report, sections=numbered((said,)))) == ()


# ---------------------------------------------------------------- the spans themselves


def test_a_superlative_that_is_not_so_is_refused() -> None:
    assert Ranked("the highest", "most", (NOW,), (BEFORE, NOW)).words
    assert Ranked("the lowest", "least", (BEFORE,), (BEFORE, NOW)).words
    for says, named in (("most", BEFORE), ("least", NOW)):
        with pytest.raises(ReportRefused, match="change the text"):
            Ranked("so", says, (named,), (BEFORE, NOW))  # type: ignore[arg-type]


def test_a_superlative_names_all_that_are_level() -> None:
    level = replace(NOW, period=BEFORE.period)
    with pytest.raises(ReportRefused):
        Ranked("the highest", "most", (NOW,), (NOW, level))
    assert Ranked("the highest", "most", (NOW, level), (NOW, level, BEFORE)).named == (NOW, level)


def test_nothing_is_ranked_among_what_is_not_known() -> None:
    with pytest.raises(ReportRefused, match="not known"):
        Ranked("the highest", "most", (NOW,), (NOW, share(None, 50)))


@pytest.mark.parametrize(("count", "says"), [(2999, "all"), (1, "none")])
def test_everyone_means_each_of_them_and_not_a_share_rounded_to_100(count: int, says: str) -> None:
    nearly = share(count, 3000)
    assert nearly.value in (100.0, 0.0)
    with pytest.raises(ReportRefused, match=f"{count} of 3000"):
        Whole("so", says, nearly)  # type: ignore[arg-type]
    assert Whole("all", "all", share(5, 5)).says == "all"
    assert Whole("none", "none", share(0, 5)).says == "none"


def test_a_change_is_called_chance_only_where_it_is() -> None:
    assert Chance("Chance.", BEFORE, NOW).words
    with pytest.raises(ReportRefused, match="chance would not bring"):
        Chance("Chance.", share(400, 500, year=YEAR.before()), share(450, 500))
    with pytest.raises(ReportRefused):
        Chance("Chance.", share(None, 50), NOW)


# ---------------------------------------------------------------- what people wrote


def test_a_person_is_warned_of_a_direction_without_a_figure(report: Report) -> None:
    (finding,) = found(report, "Reviews slipped over the summer.", by="Head of safeguarding")
    assert finding.severity == "warn"
    assert "says 'slipped' and has no figure beside it; put it by reference" in finding.says


@pytest.mark.parametrize(
    ("spans", "refused"),
    [
        (["The share rose to ", placed(NOW), "."], False),
        (["The share fell to ", placed(NOW), "."], True),
        (["The share fell from ", placed(BEFORE), " to ", placed(NOW), "."], True),
        (["The share was unchanged at ", placed(NOW), "."], True),
        (["The share slipped in June. It is ", placed(NOW), " now."], False),
    ],
)
def test_a_direction_is_held_against_the_figure_beside_it(
    report: Report, spans: list[Span | str], refused: bool
) -> None:
    severities = {finding.severity for finding in found(report, *spans, by="Head of safeguarding")}
    assert ("refuse" in severities) is refused


def test_what_a_person_typed_is_warned_of_and_not_refused(report: Report) -> None:
    findings = found(report, "All 37 workers had the best training.", by="Trainer")
    assert [finding.severity for finding in findings] == ["warn"] * 3
    assert must_hold(with_text(report, "All 37 workers had the best training.", by="Trainer"))


@pytest.mark.parametrize("words", ["tbc", "TBC", "to be confirmed", "from A to B", "xx children", "Lorem ipsum", "???"])
def test_what_holds_a_place_is_found_wherever_it_stands(report: Report, words: str) -> None:
    assert len(placeholders(with_text(report, f"It was {words}.", by="Trainer"))) == 1
    front = (FrontLine("Meeting", words),)
    assert len(placeholders(replace(with_text(report, "It was."), front=front))) == 1
    row = Row("Ashdown", (Cell(words), Cell("1")))
    held = replace(HELD, rows=(row,))
    in_table = replace(report, sections=numbered((Section("s", "Reviews", (held,)),)))
    assert [finding.where for finding in placeholders(in_table)] == ["Table 1"]
