"""2024-25: Sex takes the place of GenderCurrent, LAchildID has a form, and two old factors are queried."""

from __future__ import annotations

from waypost.domain.codes import CODE_LISTS
from waypost.returns.cin_census.census import CHILDREN, Mask, Rows
from waypost.returns.cin_census.collections import y2023_24
from waypost.returns.cin_census.declare import each, error
from waypost.returns.cin_census.rules import assessments, children, pupil_numbers, whole_file

LONGEST_ID = 20


def _six_by_the_school_year(child: Rows) -> Mask:
    """Born by 31 August of the year six before that of the reference date."""
    last = child.year.before(years=6).astype("datetime64[Y]").astype("datetime64[M]") + 8
    return child.PersonBirthDate < last.astype("datetime64[D]")


COLLECTION = y2023_24.COLLECTION.next(
    "2024-25",
    replaces=[
        whole_file.too_many_without_sex("Sex", unknown="U"),
        children.sex_missing("Sex", CODE_LISTS["sex"]),
        children.sex_of_unborn("Sex", unknown="U"),
        pupil_numbers.none_at_school_age(
            _six_by_the_school_year, "by 31 August of the year six before the end of the return"
        ),
    ],
    adds=[
        error(
            "1570",
            "LAchildID too long",
            each(CHILDREN, lambda child: child.LAchildID.where(lambda id: len(id) > LONGEST_ID), shows="LAchildID"),
            says=f"The LAchildID has more than {LONGEST_ID} characters.",
            put_right="Give the child a shorter number, and the same one every year.",
        ),
        error(
            "1580",
            "LAchildID has other characters",
            each(
                CHILDREN,
                lambda child: child.LAchildID.where(lambda id: not (id.isascii() and id.isalnum())),
                shows="LAchildID",
            ),
            says="The LAchildID has characters that are neither letters nor digits.",
            put_right="Leave out spaces and signs, and give the same number every year.",
        ),
        assessments.old_factor("8945Q", "18A", "18B (by another child) or 18C (by an adult)"),
        assessments.old_factor("8950Q", "19A", "19B (by another child) or 19C (by an adult)"),
    ],
)
