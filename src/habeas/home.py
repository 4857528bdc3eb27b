"""The folder in which habeas keeps what is the user's own: database, captures, keys."""

import os
from pathlib import Path


def home() -> Path:
    """Return HABEAS_HOME, or `habeas` in the user's folder of application data. Not made here."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(os.environ.get("HABEAS_HOME") or Path(base) / "habeas")
