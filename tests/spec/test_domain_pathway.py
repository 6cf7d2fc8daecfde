"""The order of the steps

Each step of a child's way, the steps of which one must come before it, and what each decision opens. A step that comes
without any of them is out of order: it can be recorded, and a reason is asked for. The table is
`waypost.domain.pathway` (`pathway.yaml`); the picture is drawn from it.
"""

from __future__ import annotations

import pytest

from tests.spec.worked import example, spec
from waypost.domain.caseload import Stage, weight
from waypost.domain.pathway import out_of_order, step, steps


@spec("A step that comes without the one that the law puts before it asks for a reason")
@example("section47_enquiry", had=["referral", "strategy_discussion"], says="")
@example(
    "section47_enquiry",
    had=["referral"],
    says="A section 47 enquiry usually follows a strategy discussion, and none is recorded here.",
)
@example("contact", had=[], says="", because="A contact may stand first")
@example(
    "initial_conference",
    had=["referral", "assessment"],
    says="An initial child protection conference usually follows a section 47 enquiry or transfer in, "
    "and none is recorded here.",
)
@example("initial_conference", had=["transfer_in"], says="", because="A child who moves in has no enquiry here")
def test_out_of_order(which: str, had: list[str], says: str) -> None:
    assert out_of_order(which, had=had) == says


@spec("A decision opens the next work")
@example("contact", decision="referral", opens=["referral"])
@example("referral", decision="assessment", opens=["assessment"])
@example("strategy_discussion", decision="section47_enquiry", opens=["section47_enquiry"])
@example("section47_enquiry", decision="conference", opens=["initial_conference"])
@example("initial_conference", decision="protection_plan", opens=["protection_plan"])
@example("protection_plan", decision="no_longer_at_risk", opens=["cin_plan"], because="The plan steps down")
@example("contact", decision="no_further_action", opens=[])
def test_what_a_decision_opens(which: str, decision: str, opens: list[str]) -> None:
    assert list(step(which).decisions[decision].opens) == opens


@spec("A caseload is the weight of its cases, each once, at the most pressing stage that it is at")
@example([], weighs=0.0)
@example(["protection_plan", "other"], weighs=2.5)
@example(["assessment", "assessment", "cin_plan"], weighs=4.0)
def test_weight(stages: list[Stage], weighs: float) -> None:
    assert weight(stages) == weighs


@pytest.mark.parametrize("which", steps())
def test_every_step_leads_somewhere_and_comes_from_somewhere(which: str) -> None:
    held = step(which)
    opened = {each for decision in held.decisions.values() for each in decision.opens}
    assert set(held.after) | opened <= set(steps())
    assert held.decisions
    for decision in held.decisions.values():
        for opens in decision.opens:
            assert which in step(opens).after, f"{which} opens {opens}, which does not say that it may follow it"
