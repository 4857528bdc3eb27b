"""The public case behind the project, as its carriers tell it: disputes and all.

A living person is in prison: nothing stands here that a public source did not say, every line has
its speaker, and relatives are named by their relation only. Nothing is the project's own finding.
"""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from habeas.cases.statements.models import Subject

CODE = "AMON"


def load(at: datetime | None = None) -> "Subject":
    """Return the case, loading it where it is not there yet; safe to call again.

    Args:
        at: when it is taken down (aware); now, if not given.
    """
    from habeas.cases.story.loading import loaded

    return loaded(at)
