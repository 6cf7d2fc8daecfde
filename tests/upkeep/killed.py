"""Writes through the service's own forms while it is killed again and again, and then looks at what is there.

To do it with a thousand writes: WAYPOST_WRITES=1000 ./waypost test tests/upkeep -k killed
"""

from __future__ import annotations

import hashlib
import os
import random
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests.upkeep.conftest import MAYA, add_document
from tests.upkeep.service import Browser, answers, kill, serving

WRITES = int(os.environ.get("WAYPOST_WRITES", 90))
KILLS = 3
WRITERS = 3

LOOK = """
from datetime import timedelta
import hashlib
from django.core.files.storage import storages
from django.utils import timezone
from waypost.access import trail
from waypost.access.models import Act
from waypost.records.casework.models import ContactPoint, Document, SearchTerm
wrong = []
acts = {act.key: act for act in Act.objects.filter(kind=Act.CHANGE)}
rows_of_acts = {row for act in acts.values() for row in act.rows}

def whole(model, name, row):
    label = f"{model._meta.label_lower}:{row.pk}"
    history = list(row.history.all())
    if [each.version for each in history] != [1]:
        wrong.append(f"{name} has {len(history)} versions")
    elif history[0].act not in acts or label not in acts[history[0].act].rows:
        wrong.append(f"{name} has no line in the trail")

points = {point.value: point for point in ContactPoint.objects.filter(value__startswith="07")}
documents = {document.title: document for document in Document.objects.filter(title__startswith="Sent ")}
for value, point in points.items():
    whole(ContactPoint, value, point)
    if not SearchTerm.objects.filter(kind="phone", person=point.person, term__contains=value[2:]).exists():
        wrong.append(f"{value} cannot be searched for")
for title, document in documents.items():
    whole(Document, title, document)
    place = Path(storages["default"].path("")) / document.sha256[:2] / document.sha256
    if not place.exists() or hashlib.sha256(place.read_bytes()).hexdigest() != document.sha256:
        wrong.append(f"the file of {title} is not there")
for model in (ContactPoint, Document):
    there = {f"{model._meta.label_lower}:{key}" for key in model.objects.values_list("pk", flat=True)}
    told = {row for row in rows_of_acts if row.startswith(model._meta.label_lower + ":")}
    if told - there:
        wrong.append(f"{len(told - there)} lines of the trail are of rows that are not there")
    if model.history.exclude(id__in=model.objects.values("pk")).exists():
        wrong.append("there is history of rows that are not there")
wrong += [f"{each} was taken and is gone" for each in given["taken"] if each not in {*points, *documents}]
incoming = Path(storages["default"].path("incoming"))
trail.seal(timezone.now() + timedelta(minutes=5))
wrong += list(trail.faults())
print(json.dumps({"wrong": wrong, "there": len(points) + len(documents)}))
"""


class Writer(Thread):
    """Someone who adds telephone numbers, and now and then a document, until the service answers no more."""

    def __init__(self, number: int, browser: Browser, where: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.number, self.browser, self.where = number, browser, where
        self.taken: list[str] = []
        self.refused: list[int] = []
        self.sent = 0
        self.enough = Event()

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self._send()
        except (OSError, HTTPException):
            return  # it was killed, and this one was not taken

    def _send(self) -> None:
        self.sent += 1
        token = f"{self.number:02}{self.sent:07}"
        if self.sent % 8 == 0:
            name, status = f"Sent {token}", self._document(token)
        else:
            name, status = f"07{token}", self._number(f"07{token}")
        (self.taken.append(name) if status == 302 else self.refused.append(status))  # type: ignore[arg-type, func-returns-value]

    def _number(self, value: str) -> int:
        return self.browser.post(
            f"/people/{self.where['person']}/facts/contacts/new", {"kind": "phone", "value": value}
        )

    def _document(self, token: str) -> int:
        held = hashlib.sha256(token.encode()).hexdigest() * 40
        return add_document(self.browser, self.where["child"], f"Sent {token}", held.encode())


def killed_again_and_again(data: Path, database: str = "", *, seed: int = 1) -> dict[str, Any]:
    """Gives what was taken and what is there at the end. `wrong` is in sentences."""
    chance, where = random.Random(seed), answers(MAYA, data, database)  # noqa: S311  no secret is made of it
    taken: list[str] = []
    browsers: list[Browser] = []
    for number in range(KILLS):
        with serving(data, database) as (port, process):
            browsers = browsers or _signed_in(port)
            writers = []
            for place, browser in enumerate(browsers):
                browser.port = port  # the same people, whose sessions outlive the service too
                writers.append(Writer(number * WRITERS + place, browser, where))
            for writer in writers:
                writer.start()
            while sum(len(each.taken) for each in writers) < WRITES // KILLS and any(
                each.is_alive() for each in writers
            ):
                Event().wait(chance.uniform(0.001, 0.02))
            kill(process)
            for writer in writers:
                writer.enough.set()
                writer.join()
                assert not writer.refused
                taken += writer.taken
    looked = answers(LOOK, data, database, taken=taken)
    return {"taken": len(taken), **looked}


def _signed_in(port: int) -> list[Browser]:
    made = [Browser(port) for _ in range(WRITERS)]
    for each in made:
        each.sign_in()
    return made
