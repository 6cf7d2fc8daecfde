from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all the drawn cases of a file; each case writes over the last."""
    return tmp_path_factory.mktemp("drawn")
