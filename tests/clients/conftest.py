"""Days relative to today, where a service asks the clock itself."""

from datetime import date, timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def day_in():
    """Return the day so many days from today."""

    def day(*, days: int = 0) -> date:
        return timezone.localdate() + timedelta(days=days)

    return day
