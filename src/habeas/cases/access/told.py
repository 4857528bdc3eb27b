"""Of which case a page is, by its address: for the log. Asked alike of what is and what is not."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

_FILED = "filed__subject__code"
_OF: dict[str, tuple[str, str]] = {
    "statement": ("statements.Statement", "subject__code"),
    "correct-statement": ("statements.Statement", "subject__code"),
    "retract-statement": ("statements.Statement", "subject__code"),
    "update-entry": ("statements.Statement", "subject__code"),
    "document": ("statements.Document", _FILED),
    "read-document": ("statements.Document", _FILED),
    "copy-file": ("documents.Upload", f"document__{_FILED}"),
    "file": ("documents.Upload", f"document__{_FILED}"),
    "photo": ("documents.Photo", "subject__code"),
    "sealed-note": ("sealed.SealedNote", "subject__code"),
    "opened-note": ("sealed.SealedNote", "subject__code"),
    "pass-note-on": ("sealed.SealedNote", "subject__code"),
    "name-list": ("counts.NameList", "event__code"),
    "check-entry": ("counts.Entry", "list__event__code"),
    "decide": ("watch.Match", "person__code"),
    "withdraw-spelling": ("watch.Spelling", "person__code"),
}
"""By name of the page: the model whose number stands in the address, and the way to the codes."""
OF_NOBODY = frozenset(
    {
        "look",
        "discard-draft",
        "withdraw-token",
        "import",
        "import-columns",
        "import-compared",
        "import-group",
        "import-apply",
        "import-undo",
        "import-row",
        "purge-report",
    }
)
"""Pages with a number in their address that is of no case."""
MOST = 50


def cases(route: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the codes of the cases that a page is of; as asked for, where it names a code."""
    if "code" in given:
        return (str(given["code"])[:16],)
    if route not in _OF or "pk" not in given:
        return ()
    name, path = _OF[route]
    app, model = name.split(".")
    try:
        every = apps.get_model(app, model)._base_manager  # noqa: SLF001 - whoever asks
        rows = every.filter(pk=given["pk"])
        found = rows.exclude(**{path: None}).values_list(path, flat=True)[:MOST]
        return tuple(dict.fromkeys(found))
    except (LookupError, OverflowError):  # a feature that is not there; a number beyond all rows
        return ()


def known() -> frozenset[str]:
    """Return the names of the pages whose number is understood."""
    return frozenset(_OF) | OF_NOBODY
