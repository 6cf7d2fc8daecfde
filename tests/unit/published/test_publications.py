from __future__ import annotations

import pytest

from waypost.datasets.published.publications import publication

DFE = "Department for Education"
LAIT = f"{DFE}, Local Authority Interactive Tool"
TABLE = f"{DFE}, Characteristics of children in need, table"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("LAIT bds_long_0.parquet", LAIT),
        ("c4_section_47s.csv; LAIT bds_long_0.parquet", f"{TABLE} C4; {LAIT}"),
        (
            "worked out from d3_cpps.csv + ons_mid-year_population_estimates.csv",
            f"worked out from {TABLE} D3 and Office for National Statistics, mid-year population estimates",
        ),
        ("somewhere else.csv", "somewhere else.csv"),
    ],
)
def test_a_published_file_is_called_by_its_title(source: str, title: str) -> None:
    assert publication(source) == title
