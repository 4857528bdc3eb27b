"""The folder in which habeas keeps what is the user's own: database, captures, keys, sources."""

import os
from pathlib import Path


def home() -> Path:
    """Return HABEAS_HOME, or `habeas` in the folder that the system has for programs' data.

    Nothing is made; it may not be there (XDG Base Directory Specification, XDG_DATA_HOME).
    """
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(os.environ.get("HABEAS_HOME") or Path(base) / "habeas")
