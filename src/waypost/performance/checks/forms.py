"""What is asked before a file is checked: the file, and the year whose rules it must keep."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorList

from waypost.performance.checks import begin
from waypost.web.fields import FileField, ListField
from waypost.web.forms import Form
from waypost.web.uploads import MOST, size_words

BUSY = "Other files are being checked at the moment. Wait a minute, then choose the file again."


class CheckForm(Form):
    """A census file, and its collection."""

    collection = ListField(label="Which collection is it for?", error_messages={"required": "Select a collection"})
    file = FileField(
        label="Census file",
        help_text=f"An XML file of at most {size_words(MOST)}",
        accept=".xml",
        takes_drops=True,
        allow_empty_file=True,
        error_messages={"required": "Choose a census file", "missing": "Choose a census file"},
    )

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        from waypost.returns.cin_census import LATEST
        from waypost.returns.cin_census.collections import COLLECTIONS

        said = ((name, f"{name} (draft)" if each.is_draft else name) for name, each in COLLECTIONS.items())
        self.offer("collection", reversed(list(said)))
        self.initial.setdefault("collection", LATEST)

    @classmethod
    def refused(cls, says: str, collection: str) -> CheckForm:
        """The form again, with why the file that was sent could not be checked."""
        form = cls({"collection": collection})
        form.errors["file"] = ErrorList([says], renderer=form.renderer)
        return form

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST:
            raise ValidationError(
                f"The file is larger than {size_words(MOST)}, which is the most that is checked here. Check that it is "
                "the file of one authority and one year."
            )
        if begin.is_busy():
            raise ValidationError(BUSY)
        return file
