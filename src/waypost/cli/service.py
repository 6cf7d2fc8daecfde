"""Makes the service ready to open, and opens it. Django is woken here and by nothing that reads files only."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Any

from waypost.domain.errors import WrongUse

APPLICATION = "waypost.config.wsgi:application"
WORKERS, THREADS = 2, 4


def made_ready(data_dir: Path, *, is_training: bool = False) -> None:
    """Wakes Django on a data folder, brings its tables up to date, and lays out what pages load beside themselves.

    What the worker would have done meanwhile is done once, so that a service that is only looked at needs none.
    """
    woken(data_dir, is_training=is_training)
    share(data_dir)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from waypost.upkeep.worker import catch_up

    catch_up()


def woken(data_dir: Path, *, is_training: bool = False, must_exist: bool = False) -> None:
    """Wakes Django on a data folder.

    Raises:
        WrongUse: no service has been opened on the folder yet, and one must have been.
    """
    if must_exist and not (os.environ.get("WAYPOST_DATABASE") or (data_dir / "waypost.db").exists()):
        raise WrongUse(f"There is no service in {data_dir}; start one with waypost serve or waypost demo.")
    os.environ["WAYPOST_DATA_DIR"] = str(data_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.settings"
    if is_training:
        os.environ["WAYPOST_TRAINING"] = "1"
    data_dir.mkdir(parents=True, exist_ok=True)
    import django

    django.setup()


def share(data_dir: Path) -> None:
    """Has a data folder open, beside others who have, until this process ends. Django must be awake.

    Raises:
        WrongUse: it is being restored or moved, or its record is elsewhere now.
    """
    from waypost.upkeep import in_use

    in_use.share(data_dir)
    is_elsewhere = (data_dir / in_use.MOVED).exists() and not (data_dir / "waypost.db").exists()
    if is_elsewhere and not os.environ.get("WAYPOST_DATABASE"):
        raise WrongUse(f"The record of {data_dir} was moved to PostgreSQL; name that database in WAYPOST_DATABASE.")


def tell_trail() -> bool:
    """Prints what is wrong with the audit trail and how much of it is sealed. Whether nothing is wrong."""
    from waypost.access.models import Seal
    from waypost.upkeep import seals

    seals.seal()
    faults = list(seals.faults())
    for fault in faults:
        print(fault)
    sealed = sum(Seal.objects.values_list("count", flat=True))
    print(f"{sealed:,} lines are sealed in {Seal.objects.count():,} batches; {len(faults):,} faults.")
    return not faults


def free(host: str, port: int) -> str:
    """The address, where nothing else is served at it.

    Raises:
        WrongUse: another program has the port, or it may not be used.
    """
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except OSError as fault:
            why = "in use by another program" if fault.errno == errno.EADDRINUSE else "not to be used"
            raise WrongUse(f"Port {port} is {why}; choose another with --port.") from fault
    return f"{host}:{port}"


def opened(host: str, port: int) -> int:
    """Serves until it is told to stop."""
    from gunicorn.app.base import BaseApplication
    from gunicorn.util import import_app

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn with our settings and none from its command line."""

        def load_config(self) -> None:
            for name, value in _settings(host, port).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return import_app(APPLICATION)

    Server().run()
    return 0


def _settings(host: str, port: int) -> dict[str, Any]:
    # No access log: its lines hold addresses. Our own are written by web/middleware.py.
    return {
        "bind": f"{host}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "accesslog": None,
        "loglevel": "warning",
        "graceful_timeout": 10,
        "control_socket_disable": True,
    }
