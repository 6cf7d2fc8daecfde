"""Rules of assessments and their factors."""

from __future__ import annotations

from tests.spec.returns.cin_census.filed import assessment, episode, no_factors
from tests.spec.returns.cin_census.worked import worked

EXAMPLES = (
    worked(
        "1103",
        fails=episode(assessment(AssessmentActualStartDate="2025-05-11"), CINreferralDate="2025-05-12"),
        passes=episode(assessment(AssessmentActualStartDate="2025-05-12"), CINreferralDate="2025-05-12"),
        at="Assessments 1",
    ),
    worked(
        "8608",
        fails=assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate="2025-05-11"),
        passes=assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate="2025-05-12"),
    ),
    worked(
        "8614",
        fails=assessment("16A", AssessmentAuthorisationDate=None),
        passes=assessment("16A", AssessmentAuthorisationDate="2025-06-20"),
    ),
    worked(
        "8670Q",
        fails=assessment(AssessmentActualStartDate="2026-01-27", AssessmentAuthorisationDate=None),
        passes=assessment(AssessmentActualStartDate="2026-01-28", AssessmentAuthorisationDate=None),
        because="from 28 January to 31 March 2026 is 45 working days, both counted",
    ),
    worked(
        "8696",
        fails=assessment(AssessmentAuthorisationDate="2025-03-31"),
        passes=assessment(AssessmentAuthorisationDate="2025-04-01"),
    ),
    worked(
        "8736",
        fails=assessment(AssessmentActualStartDate="2025-03-31", AssessmentAuthorisationDate=None),
        passes=assessment(AssessmentActualStartDate="2025-04-01", AssessmentAuthorisationDate=None),
    ),
    worked(
        "8863Q",
        fails=(
            assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate="2025-06-20"),
            assessment(AssessmentActualStartDate="2025-06-20", AssessmentAuthorisationDate=None),
        ),
        passes=(
            assessment(AssessmentActualStartDate="2025-05-12", AssessmentAuthorisationDate="2025-06-20"),
            assessment(AssessmentActualStartDate="2025-06-21", AssessmentAuthorisationDate=None),
        ),
        because="both end days count",
        at="Assessments 2",
    ),
    worked(
        "8867",
        fails=episode(assessment(AssessmentAuthorisationDate=None), CINclosureDate="2025-09-01"),
        passes=episode(assessment(AssessmentAuthorisationDate="2025-06-20"), CINclosureDate="2025-09-01"),
        at="Assessments 1",
    ),
    worked("8869", fails=assessment("21", "16A", "21"), passes=assessment("21"), at="FactorsIdentifiedAtAssessment 2"),
    worked(
        "8873Q",
        fails=episode(assessment("21"), CINclosureDate="2025-09-01", ReasonForClosure="RC7"),
        passes=episode(assessment("21"), CINclosureDate="2025-09-01", ReasonForClosure="RC8"),
        at="Assessments 1",
    ),
    worked(
        "8896",
        fails=(
            assessment(AssessmentAuthorisationDate=None),
            assessment(AssessmentAuthorisationDate="2025-06-20"),
            assessment(AssessmentAuthorisationDate=None),
        ),
        passes=(assessment(AssessmentAuthorisationDate=None), assessment(AssessmentAuthorisationDate="2025-06-20")),
        at="Assessments 1, Assessments 2, Assessments 3",
    ),
    worked(
        "8897Q", fails=no_factors(), passes=assessment("18A"), because="a factor no longer used is still of the list"
    ),
    worked("8898", fails=assessment("16A", "4B", "16A"), passes=assessment("16A", "4B")),
    worked("8945Q", fails=assessment("18a"), passes=assessment("18C")),
    worked("8950Q", fails=assessment("19A"), passes=assessment("19B")),
)
