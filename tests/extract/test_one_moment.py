"""What is read is of one moment, in a transaction of its own that changes nothing and leaves nothing open."""

from __future__ import annotations

import pytest
from django.db import connection

from waypost.access.models import Authority
from waypost.extract.known import one_moment


@pytest.mark.django_db(transaction=True)
def test_reading_is_one_transaction_and_it_ends() -> None:
    Authority.objects.create(code="991", name="Ashdown")
    with one_moment():
        assert Authority.objects.get().name == "Ashdown"
        assert connection.in_atomic_block is (connection.vendor != "sqlite")
    Authority.objects.update(name="Brookvale")
    assert Authority.objects.get().name == "Brookvale"


@pytest.mark.django_db(transaction=True)
def test_it_ends_where_reading_fails() -> None:
    with pytest.raises(ZeroDivisionError), one_moment():
        Authority.objects.count() / 0
    Authority.objects.create(code="991", name="Ashdown")
    assert Authority.objects.count() == 1
