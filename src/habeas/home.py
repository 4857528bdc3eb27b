"""Where a user's own things lie: the database, the captures, their sources and directories."""

import os
from pathlib import Path


def folder() -> Path:
    """Return HABEAS_HOME, or `habeas` in the folder that the system has for programs' data.

    Nothing is made; it may not be there (XDG Base Directory Specification, XDG_DATA_HOME).
    """
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(os.environ.get("HABEAS_HOME") or Path(base) / "habeas")
