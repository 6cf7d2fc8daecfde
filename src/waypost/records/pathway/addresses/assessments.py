"""Addresses of assessments."""

from __future__ import annotations

from django.urls import path

from waypost.records.pathway.views import assessments

ONE = "children/<uuid:key>/assessments/<uuid:row>"

PATHS = [
    path("assessments", assessments.unfinished, name="assessments_unfinished"),
    path("children/<uuid:key>/assessments/new", assessments.begin, name="assessment_begin"),
    path(ONE, assessments.assessment, name="assessment"),
    path(f"{ONE}/write", assessments.write, name="assessment_write"),
    path(f"{ONE}/consulted/new", assessments.consult, name="assessment_consult"),
    path(f"{ONE}/submit", assessments.submit, name="assessment_submit"),
    path(f"{ONE}/authorise", assessments.authorise, name="assessment_authorise"),
    path(f"{ONE}/correct", assessments.correct, name="assessment_correct"),
    path(f"{ONE}/correction", assessments.correction, name="assessment_correction"),
    path(f"{ONE}/as-authorised", assessments.as_authorised, name="assessment_as_authorised"),
]
