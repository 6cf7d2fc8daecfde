"""Six years of work with invented families, put into the record by the same actions that people use.

The lives are those of the census files (`demo/journeys.py`), a small share of them. `families` says who they are,
`timeline` what happens on which day, `steps` and `plans` how each of it is recorded, and `live` lets the days pass.
"""

from waypost.demo.service.lived.live import live_through

__all__ = ["live_through"]
