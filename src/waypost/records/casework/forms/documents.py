"""What is asked of a document."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from waypost.access.reasons import reason
from waypost.records.casework.filed import kinds, names
from waypost.records.casework.models import Document
from waypost.web.fields import DateField, FileField, ListField, OneOfField, TextField
from waypost.web.forms import Form, RecordForm
from waypost.web.uploads import MOST, size_words

TAKEN = "PDF, Word (docx), OpenDocument (odt), PNG, JPEG, plain text (txt) or email (eml)"


def who_may_open() -> OneOfField:
    """Who may open a document."""
    return OneOfField(
        label="Who may open it?",
        choices=Document.SENSITIVITIES,
        hints={
            Document.ORDINARY: "Everyone who may open this child's record",
            Document.CONFIDENTIAL: "Those whose role records, reviews or inspects the work",
            Document.THIRD_PARTY: "The allocated worker, their team, and those who approve their work",
        },
        error_messages={"required": "Select who may open the document"},
    )


class SensitivityForm(RecordForm):
    """Who may open a document from now on, and why."""

    sensitivity = who_may_open()
    because = reason("Why is it changed?", missing="Enter why it is changed")

    @classmethod
    def of(cls, document: Document) -> dict[str, str]:
        """The first values of the form."""
        return {"sensitivity": document.sensitivity}


class DocumentForm(Form):
    """A file, and what is said of it."""

    file = FileField(
        label="File",
        help_text=f"{TAKEN}, of at most {size_words(MOST)}",
        accept=",".join(f".{ending}" for kind in kinds.KINDS.values() for ending in kind.endings),
        error_messages={
            "required": "Choose a file",
            "missing": "Choose a file",
            "empty": "The file is empty. Choose another",
        },
    )
    title = TextField(
        label="Title", max_length=150, spelling=True, error_messages={"required": "Enter what the document is called"}
    )
    kind = ListField(
        label="Kind of document",
        choices=(("", "Select one"), *Document.KINDS),
        error_messages={"required": "Select the kind of document"},
    )
    dated_on = DateField(label="Date of the document", called="The date of the document", not_after=timezone.localdate)
    sensitivity = who_may_open()

    def clean_file(self) -> UploadedFile:
        """The file, with a tidied name and `kind`, what was found in it."""
        file: Any = self.cleaned_data["file"]
        if file.size > MOST:
            raise ValidationError(f"The file is larger than {size_words(MOST)}. Choose a smaller one")
        name = names.tidied(file.name)
        named = kinds.by_ending(names.ending(name))
        if named is None:
            raise ValidationError(f"Files of this type cannot be kept. Choose a file that is {TAKEN}")
        if kinds.sniffed(file, names.ending(name)) is None:
            raise ValidationError(
                f"The file is called a {named.name} and what is in it is something else. Open it, save it again as a "
                f"{named.name}, and choose that"
            )
        self.cleaned_data["file_name"], self.cleaned_data["file_kind"] = name, named.id
        file.seek(0)
        return file  # type: ignore[no-any-return]
