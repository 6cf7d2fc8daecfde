"""What people write: each part of the report that figures cannot give, as a question put to the one who can answer."""

from __future__ import annotations

from waypost.reports.model import FrontLine, Prompt, Section
from waypost.reports.numbers import Numbers

SAFEGUARDING = "Head of safeguarding"
CLERK = "Committee services"
SERVICE_LEAD = "Each service lead"
FAMILY_SUPPORT = "Head of family support and child protection"
LEGAL = "Head of legal services"
AUTHOR = "Report author"


def front(numbers: Numbers) -> tuple[FrontLine, ...]:
    """The front page, as a committee asks for it."""
    return (
        FrontLine("Meeting", Prompt(CLERK, "Which body receives this report, and when?")),
        FrontLine("Cabinet member", Prompt(CLERK, "Which cabinet post presents it?")),
        FrontLine("Wards affected", Prompt(CLERK, "Which wards? Say if it is all of them.")),
        FrontLine("Contributors", Prompt(AUTHOR, "Which services and people wrote parts of it?")),
        FrontLine("Recommendation", "That the report be noted."),
        FrontLine("Risk assessed", Prompt(AUTHOR, "Has a risk assessment been done? Give its date.")),
        FrontLine("Equality assessment", Prompt(AUTHOR, "Has an equality assessment been done? Give its date.")),
        FrontLine("Seen before by", Prompt(CLERK, "Which board or committee saw it earlier, and when?")),
        FrontLine("Open or exempt", Prompt(CLERK, "Is it open to the public? If not, under which paragraph?")),
    )


def background() -> Section:
    asked = (
        Prompt(SERVICE_LEAD, "What does your service do for children at risk of harm? Take each in turn: contact and "
               "assessment; family support and child protection; safeguarding and quality assurance; legal; "
               "placements; schools; the designated officer."),
        Prompt(SERVICE_LEAD, "What changed in your service this year?"),
        Prompt("Business manager of the safeguarding partners", "How do the partners work together, and what changed?"),
    )  # fmt: skip
    return Section("background", "Background", asked)


def older_children() -> Section:
    question = "Why do children over 14 have plans, and what helps them?"
    return Section("older-children", "Older children", (Prompt(FAMILY_SUPPORT, question),))


def court() -> tuple[Section, ...]:
    """4.9 to 4.12: care proceedings, until their records are kept here."""
    return (
        Section("court-cases", "Care proceedings: cases", (
            Prompt(LEGAL, "How many cases and children were in court in an average month, this year and last?"),)),
        Section("court-length", "Care proceedings: how long they take", (
            Prompt(LEGAL, "How many weeks did cases that ended take, on average?"),)),
        Section("court-limit", "Care proceedings: against the time limit", (
            Prompt(LEGAL, "How do they stand against the statutory limit, and what slows them?"),)),
        Section("court-help", "Care proceedings: specialist courts and pilots", (
            Prompt(LEGAL, "Which families were referred to a specialist court or a pilot, and what came of it?"),)),
    )  # fmt: skip


def later_sections() -> tuple[Section, ...]:
    """Sections 5 to 8."""
    return (
        Section("work-plan", "Update on the work plan", (
            Prompt("Owner of each action", "What was done on last year's action? What is left, and by when?"),
            Prompt(SAFEGUARDING, "What did inspections and peer reviews find this year, and what was done about it?"),
            Prompt(SAFEGUARDING, "Are all children on plans allocated to a qualified social worker?"))),
        Section("work-programme", "Work programme for next year", (
            Prompt("Owner of each action", "What will you do next year, by when, and how will we know it worked?"),)),
        Section("cases", "Case examples", (
            Prompt("Social worker and manager", "Tell one child's story without names: the concern, what each agency "
                   "did, what came of it, and how the child is now. Say who approved it."),
            Prompt("Social worker and manager", "Tell a second one, of another kind."))),
        Section("comments", "Financial and legal comments", (
            Prompt("Director of finance", "Is there any comment on costs or savings?"),
            Prompt("Director of law", "Is there any comment on the law?"))),
    )  # fmt: skip


def closing_sections() -> tuple[Section, ...]:
    """Background papers and contact officer."""
    return (
        Section("papers", "Background papers", (
            Prompt(AUTHOR, "Which papers was this report written from? Number, description, holder and place."),),
            is_appendix=True),
        Section("contact", "Contact officer", (
            Prompt(AUTHOR, "Whom should a reader ask? Name, post, telephone and email. How can the report be had "
                   "in another format?"),), is_appendix=True),
    )  # fmt: skip
