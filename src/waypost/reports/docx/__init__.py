"""A report as a Word document: headings, captions, links and tables that are what they look like, and nothing locked.

Its look is in the styles of `reports/theme/report.docx`, which `tools/make_word_template.py` makes, so that whoever
edits a report changes a style once. The font is Arial: every machine that has Word has it, and where it is missing
LibreOffice sets Liberation Sans, which is as wide letter for letter and which the charts are drawn in.
"""

from __future__ import annotations

from waypost.reports.docx import package
from waypost.reports.docx.story import tell
from waypost.reports.model import Report


def write(report: Report) -> bytes:
    """The whole document. The same report gives the same bytes."""
    document = package.template()
    package.describe(document, report)
    tell(document, report)
    return package.packed(document)
