"""Published national figures, packaged: authorities, their neighbours and populations, and what is published of them.

Contains public sector information licensed under the Open Government Licence v3.0; see NOTICE.md beside this file.
"""

from waypost.datasets.published.authorities import Authority, authorities, find_authority
from waypost.datasets.published.figures import ENGLAND, Published, PublishedFigure, published, published_share, year_of
from waypost.datasets.published.measures import Counterpart, Measure, counterparts, marker_meanings, measures
from waypost.datasets.published.neighbours import Neighbours, neighbours
from waypost.datasets.published.population import PopulationEstimate, latest_estimate, population

ATTRIBUTION = (
    "Contains public sector information from the Department for Education, the Office for National Statistics, Ofsted, "
    "the Ministry of Housing, Communities and Local Government, Cafcass and the Office for Health Improvement and "
    "Disparities, licensed under the Open Government Licence v3.0."
)

__all__ = [
    "ATTRIBUTION",
    "ENGLAND",
    "Authority",
    "Counterpart",
    "Measure",
    "Neighbours",
    "PopulationEstimate",
    "Published",
    "PublishedFigure",
    "authorities",
    "counterparts",
    "find_authority",
    "latest_estimate",
    "marker_meanings",
    "measures",
    "neighbours",
    "population",
    "published",
    "published_share",
    "year_of",
]
