"""What is recorded of a child's way through the service."""

from waypost.records.pathway.models.assessments import Assessment, Consulted
from waypost.records.pathway.models.conferences import Conference, ConferenceChild
from waypost.records.pathway.models.enquiries import (
    CriminalMatter,
    Enquiry,
    Medical,
    StrategyChild,
    StrategyDiscussion,
    StrategyParticipant,
)
from waypost.records.pathway.models.front_door import (
    Contact,
    ContactChild,
    EarlyHelp,
    EmergencyAction,
    InformationRequest,
    Referral,
)
from waypost.records.pathway.models.plans import (
    ActionProgress,
    CinPlan,
    CinReview,
    CoreGroup,
    CoreGroupAttendance,
    CoreGroupChild,
    CoreGroupMember,
    FamilyMeeting,
    FamilyMeetingChild,
    Goal,
    KeyWorker,
    PlanAction,
    PlanCategory,
    ProtectionPlan,
    Transfer,
)
from waypost.records.pathway.models.quality import RecordChecked, Shortcoming, ToCheck
from waypost.records.pathway.models.visits import Visit, VisitChild
from waypost.records.pathway.models.work import ChronologyEntry, Clock, OutOfOrder

__all__ = [
    "ActionProgress",
    "Assessment",
    "ChronologyEntry",
    "CinPlan",
    "CinReview",
    "Clock",
    "Conference",
    "ConferenceChild",
    "Consulted",
    "Contact",
    "ContactChild",
    "CoreGroup",
    "CoreGroupAttendance",
    "CoreGroupChild",
    "CoreGroupMember",
    "CriminalMatter",
    "EarlyHelp",
    "EmergencyAction",
    "Enquiry",
    "FamilyMeeting",
    "FamilyMeetingChild",
    "Goal",
    "InformationRequest",
    "KeyWorker",
    "Medical",
    "OutOfOrder",
    "PlanAction",
    "PlanCategory",
    "ProtectionPlan",
    "RecordChecked",
    "Referral",
    "Shortcoming",
    "StrategyChild",
    "StrategyDiscussion",
    "StrategyParticipant",
    "ToCheck",
    "Transfer",
    "Visit",
    "VisitChild",
]
