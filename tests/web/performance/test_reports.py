"""Reports are read by those whose role reads them, of their own authority, and internal editions by fewer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from waypost.access.actor import Actor
from waypost.access.models import Authority

pytestmark = pytest.mark.django_db
INTERNAL, PUBLIC = "annual-report_991_2024-25_internal.html", "annual-report_991_2024-25_public.pdf"
OTHER = "annual-report_992_2024-25_public.html"


@pytest.fixture(autouse=True)
def made(settings: Settings, tmp_path: Path) -> None:
    settings.REPORTS_DIR = tmp_path
    for name in (INTERNAL, PUBLIC, OTHER, "index.html", "annual-report_991_2024-25_secret.html"):
        (tmp_path / name).write_text("a report")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("performance_analyst", {INTERNAL, PUBLIC}),
        ("committee_member", {PUBLIC}),
        ("parent", set()),
        ("partner", set()),
    ],
)
def test_who_reads_what(
    role: str, seen: set[str], client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker(role, ashdown).user)
    page = client.get("/reports").content.decode()
    for name in (INTERNAL, PUBLIC, OTHER):
        assert (name in page) == (name in seen)
        assert (client.get(f"/reports/{name}").status_code == 200) == (name in seen)


def test_no_other_file_of_the_folder_is_given(client: Client, ashdown: Authority, worker: Callable[..., Actor]) -> None:
    client.force_login(worker("performance_analyst", ashdown).user)
    for name in ("index.html", "annual-report_991_2024-25_secret.html", "..%2Fsecret.key"):
        assert client.get(f"/reports/{name}").status_code == 404


def test_a_report_may_use_its_own_styles_and_nothing_else(
    client: Client, ashdown: Authority, worker: Callable[..., Actor]
) -> None:
    client.force_login(worker("performance_analyst", ashdown).user)
    policy = client.get(f"/reports/{INTERNAL}")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "script-src" not in policy
