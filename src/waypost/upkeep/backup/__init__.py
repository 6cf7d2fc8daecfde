"""Backups: the whole record of a data folder as one file, and put back from it (docs/adr/0024-backups.md).

The file is a tar archive, compressed with zstd. It holds the database, the documents, the freezes, the reports and the
copy of the seals, and last of all a manifest with the hash of each. It does not hold the service's secret key.
"""

from __future__ import annotations

from waypost.upkeep.backup.make import Made, make
from waypost.upkeep.backup.restore import Restored, restore

__all__ = ["Made", "Restored", "make", "restore"]
