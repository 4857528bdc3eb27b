"""The pages of case files in the site's navigation."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.cases import features

_PAGES = (
    ("board", "board", later("Board")),
    ("search", "search", later("Search")),
    ("intake", "new-case", later("New case")),
    ("suggestions", "read-text", later("Read a text")),
    ("importing", "imports", later("Import")),
    ("counts", "counted-events", later("Counts")),
    ("handover", "hand-over", later("Hand over")),
    ("sharing", "share", later("Share")),
)


def pages(_request: HttpRequest) -> dict[str, list[tuple[str, Promise]]]:
    """Return `case_pages` for the base page: address and words of each feature that is there."""
    there = features.names()
    return {"case_pages": [(name, words) for of, name, words in _PAGES if of in there]}
