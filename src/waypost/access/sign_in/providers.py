"""The identity providers that staff may sign in with, read from a YAML file.

    - name: Ashdown staff account
      client_id: waypost
      server_url: https://identity.ashdown.example.org/staff
      secret: ASHDOWN_IDENTITY_SECRET
      domains: [ashdown.example.org]

`secret` is the name of the environment variable that holds the secret, so that the file holds none. `domains`, where it
is given, are the only email addresses that the provider is believed about: where several authorities share a service,
each should be held to its own. Settings read this file, so it must not import Django's models.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

NEEDED = ("name", "client_id", "server_url", "secret")


def providers(path: str | None) -> list[dict[str, Any]]:
    """The providers of a file, as allauth's settings have them; none where no file is named.

    Raises:
        ValueError: a provider lacks something, or the environment lacks its secret.
    """
    if not path:
        return []
    return [_provider(each) for each in yaml.safe_load(Path(path).read_text(encoding="utf-8")) or ()]


def _provider(said: dict[str, Any]) -> dict[str, Any]:
    if missing := [name for name in NEEDED if not said.get(name)]:
        raise ValueError(f"an identity provider in WAYPOST_OIDC lacks {', '.join(missing)}")
    if said["secret"] not in os.environ:
        raise ValueError(f"the environment lacks {said['secret']}, the secret of the provider {said['name']}")
    return {
        "provider_id": re.sub(r"[^a-z0-9]+", "-", str(said["name"]).lower()).strip("-"),
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": os.environ[said["secret"]],
        "settings": {"server_url": said["server_url"], "domains": [each.lower() for each in said.get("domains", ())]},
    }


def origins(found: list[dict[str, Any]]) -> list[str]:
    """Where a form of ours may lead a browser to, beside our own pages."""
    split = (urlsplit(each["settings"]["server_url"]) for each in found)
    return sorted({f"{each.scheme}://{each.netloc}" for each in split})
