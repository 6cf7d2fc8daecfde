"""Rules of unique pupil numbers (UPN), and of the reasons given for not having one."""

from __future__ import annotations

from waypost.domain.identifiers import UPN_LETTERS, check_letter
from waypost.returns.cin_census.census import CHILDREN, EPISODES, Condition, Mask, Rows, Words
from waypost.returns.cin_census.conditions import are_digits, is_code, is_no, is_yes, missing, repeated
from waypost.returns.cin_census.declare import Rule, each, error, query

LENGTH = 13
ENDINGS = frozenset(UPN_LETTERS + "0123456789")
GOOD_REASONS = frozenset(f"UN{number}" for number in range(2, 8))


def spans(text: str) -> frozenset[str]:
    """Three-digit codes written as a list with spans, such as 001-005, 420."""
    found: set[str] = set()
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("-")
        found |= {f"{number:03}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


AUTHORITY_CODES = spans(
    """
    001-005, 201-213, 301-320, 330-336, 340-344, 350-359, 370-373, 380-384, 390-394, 420, 660-681, 701-708, 800-803,
    805-808, 810-813, 815, 816, 820-823, 825, 826, 830, 831, 835-841, 845, 846, 850-852, 855-857, 860, 861, 865-896,
    908, 909, 916, 919, 921, 925, 926, 928, 929, 931, 933, 935-938, 940, 941
    """
)
"""The authorities and others that a pupil number may say it was given by."""


def _has_wrong_letter(upn: str) -> bool:
    return len(upn) == LENGTH and are_digits(upn[1:]) and upn[0] != check_letter(upn[1:])


def _has_wrong_ending(upn: str) -> bool:
    return len(upn) == LENGTH and upn[-1] not in ENDINGS


def _is_badly_formed(upn: str) -> bool:
    return not (len(upn) == LENGTH and upn[0].isascii() and upn[0].isalpha() and are_digits(upn[1:]))


def _went_on(episode: Rows) -> Mask:
    return is_no(episode.ReferralNFA)


def _not_marked_as_ended(episode: Rows) -> Mask:
    return ~is_yes(episode.ReferralNFA)


RULES = (
    error(
        "1510",
        "UPN check letter wrong",
        each(CHILDREN, lambda child: child.UPN.where(_has_wrong_letter), shows="UPN"),
        says="The first letter of the UPN is not the one that its twelve digits call for.",
        put_right="One of its characters is mistyped: copy it again from the school's record.",
    ),
    error(
        "1520",
        "UPN used twice",
        each(CHILDREN, lambda child: repeated(child.UPN), shows="UPN"),
        says="More than one child in the file has this UPN.",
        put_right="If they are one child, merge the records; if not, find which of them the UPN belongs to.",
    ),
    error(
        "1540",
        "UPN characters 5 to 12 not digits",
        each(CHILDREN, lambda child: child.UPN.where(lambda upn: not are_digits(upn[4:12])), shows="UPN"),
        says="The fifth to twelfth characters of the UPN must all be digits.",
        put_right="Copy the UPN again from the school's record.",
    ),
    error(
        "1550",
        "UPN last character not allowed",
        each(
            CHILDREN,
            lambda child: child.UPN.where(_has_wrong_ending),
            shows="UPN",
        ),
        says="The last character of the UPN must be a digit or, in a temporary one, a capital letter but I, O or S.",
        put_right="Copy the UPN again from the school's record.",
    ),
    query(
        "1560Q",
        "Former UPN badly formed",
        each(CHILDREN, lambda child: child.FormerUPN.where(_is_badly_formed), shows="FormerUPN"),
        says="A former UPN is a letter and twelve digits, and this is not.",
        put_right="Copy it again from the school's record, or leave it out where it was only a temporary number.",
    ),
    error(
        "8772",
        "UPN reason is no further action, yet a referral went on",
        each(
            EPISODES,
            lambda episode: is_code(episode.child.UPNunknown, {"UN7"}) & _not_marked_as_ended(episode),
            shows="ChildIdentifiers.UPNunknown ReferralNFA",
        ),
        says="The reason for having no UPN is that the referral ended in no further action (UN7); this one did not.",
        put_right="Give the child's UPN or another reason, or correct ReferralNFA.",
    ),
)


def authority_unknown(codes: frozenset[str]) -> Rule:
    """1530, by the codes that are accepted."""

    def found(child: Rows) -> Mask:
        return child.UPN.where(lambda upn: len(upn) == LENGTH and upn[1:4] not in codes)

    return error(
        "1530",
        "UPN authority code unknown",
        each(CHILDREN, found, shows="UPN"),
        says="The second to fourth characters of the UPN are not the code of an authority.",
        put_right="Copy the UPN again from the school's record.",
    )


def none_at_school_age(is_of_school_age: Condition, words: str) -> Rule:
    """8770Q, by who is old enough."""

    def found(child: Rows) -> Mask:
        without = missing(child.UPN) & ~_has_a_good_reason(child.UPNunknown)
        return is_of_school_age(child) & without & child.any(EPISODES, _went_on)

    return query(
        "8770Q",
        "No UPN at school age",
        each(CHILDREN, found, shows="UPN UPNunknown PersonBirthDate Header.ReferenceDate"),
        says=f"The child was born {words}, and has neither a UPN nor a reason (UN2 to UN7) for not having one.",
        put_right="Ask the school or the admissions team for the UPN, or give the reason.",
    )


def _has_a_good_reason(reason: Words) -> Mask:
    return reason.where(lambda text: text.upper() in GOOD_REASONS)
