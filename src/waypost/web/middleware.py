"""What happens around every request: it is given a number, timed, and logged without a name in it."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("waypost.requests")

NEVER_KEPT = "no-store, private"


class RequestNumber:
    """Numbers and times each request, and keeps its page out of every cache: it may be about a child."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        number = uuid.uuid4().hex[:12]
        request.META["waypost.number"] = number
        response = self.get_response(request)
        response["X-Request-Number"] = number
        response.setdefault("Cache-Control", NEVER_KEPT)
        asked = request.resolver_match
        said = {
            "request": number,
            "view": asked.view_name if asked else "none",
            "method": request.method,
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - began) * 1000),
        }
        log.info("answered", extra=said)
        return response
