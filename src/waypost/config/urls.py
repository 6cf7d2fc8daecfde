"""Every address of the service. Each page says who may see it; a test asks each of them as every role."""

from __future__ import annotations

from django.urls import include, path

from waypost.upkeep import health

urlpatterns = [
    path("health/worker", health.worker, name="worker"),
    path("", include("waypost.web.urls")),
    path("", include("waypost.access.urls")),
    path("", include("waypost.records.casework.urls")),
    path("", include("waypost.records.pathway.urls")),
    path("", include("waypost.performance.urls")),
]
handler400 = "waypost.web.errors.bad_request"
handler403 = "waypost.web.errors.not_allowed"
handler404 = "waypost.web.errors.page_not_found"
handler500 = "waypost.web.errors.our_fault"
