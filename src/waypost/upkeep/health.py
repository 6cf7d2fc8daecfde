"""Whether the worker works, for those who watch over the service."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse

from waypost.upkeep import schedule


@login_not_required
def worker(request: HttpRequest) -> JsonResponse:
    """When each task was last done, and which are late. Where one is, the worker is not running or cannot do it."""
    late = schedule.late()
    done = {name: at.isoformat(timespec="seconds") for name, at in sorted(schedule.last_done().items())}
    status = HTTPStatus.SERVICE_UNAVAILABLE if late else HTTPStatus.OK
    return JsonResponse({"working": not late, "late": late, "last_done": done}, status=status)
