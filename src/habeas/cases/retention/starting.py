"""Done when a program of the case files starts: what purges left to do."""

from datetime import datetime

from habeas.cases.retention import errands


def start(_now: datetime) -> None:
    """Go on with what a purge that was cut off has still to do."""
    errands.work_off()
