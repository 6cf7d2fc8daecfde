"""The index that people are found by. It is worked out from the record and can be made again from it at any time."""

from __future__ import annotations

from django.db import models

from waypost.records.casework.models.people import Person


class SearchTerm(models.Model):
    """One thing that a person can be found by: a part of a name, how it sounds, a postcode, a number.

    A sign is for finding two records of one person: those who share one are compared. `says` is what a term is, as a
    result says why it was found: "Former name: Delphine Ashby".
    """

    NAME, SOUND, POSTCODE, NUMBER, PHONE, SIGN = "name", "sound", "postcode", "number", "phone", "sign"
    KINDS = (
        (NAME, "Name"),
        (SOUND, "Sounds like"),
        (POSTCODE, "Postcode"),
        (NUMBER, "Number"),
        (PHONE, "Telephone"),
        (SIGN, "Sign"),
    )

    person = models.ForeignKey(Person, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=8, choices=KINDS)
    term = models.CharField(max_length=100)
    says = models.CharField(max_length=260)

    class Meta:
        # On PostgreSQL the class lets the start of a term be looked for by the index, whatever the locale.
        indexes = (
            models.Index(
                fields=("kind", "term", "person"),
                name="search_by_term",
                opclasses=("varchar_ops", "varchar_pattern_ops", "uuid_ops"),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
