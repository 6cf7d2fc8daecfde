"""The worked examples by what they are about, in the order of the page."""

from __future__ import annotations

from tests.spec.returns.cin_census import (
    assessments,
    children,
    cin_plans,
    closures,
    pre_proceedings,
    protection_plans,
    pupil_numbers,
    referrals,
    section_47,
    whole_file,
)

SUBJECTS = (
    whole_file,
    children,
    pupil_numbers,
    referrals,
    closures,
    assessments,
    section_47,
    cin_plans,
    protection_plans,
    pre_proceedings,
)

EXAMPLES = tuple(example for subject in SUBJECTS for example in subject.EXAMPLES)
