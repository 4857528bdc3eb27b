"""The time by which pages are drawn; a demonstration with a fast calendar hands in its own."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the time (aware, UTC): `settings.HABEAS_NOW()` where one is set, else the system's."""
    chosen: datetime = getattr(settings, "HABEAS_NOW", timezone.now)()
    return chosen
