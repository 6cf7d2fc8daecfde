from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.indicators.drawn import Asked, an_engine


@pytest.fixture(scope="module")
def ask() -> Iterator[Asked]:
    yield from an_engine()
