"""Failures of imports: files that cannot be read, or hold more than a page can take."""

from habeas.errors.base import HabeasError
from habeas.language import _


class FileNotImported(HabeasError):
    """A file that cannot be read as any of the kinds that are imported, or that is a trap."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The file was not imported: {reason}.").format(reason=reason),
            kept=_("Nothing of it was taken over."),
            advice=_("Send a CSV, Excel, PFIF or FollowTheMoney file, or a ZIP of documents."),
        )


class TooManyRows(HabeasError):
    """A file with more rows than a page compares while somebody waits."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _("The file has more than {most} rows.").format(most=most),
            kept=_("Nothing of it was taken over."),
            advice=_("Import it with the command: habeas cases import FILE"),
        )
