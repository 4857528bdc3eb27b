"""Failures of recordings and the evidence store."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class EvidenceNotWritten(HabeasError):
    """An answer could not be written to disk; it is therefore not read either."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            _("The answer could not be recorded in {folder}: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("Earlier records are untouched. This answer was not kept and not read."),
            advice=_("Free some space or choose another folder, then ask again."),
        )


class RecordingUnreadable(HabeasError):
    """A recording (WARC, WACZ) cannot be opened at all."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The recording {path} cannot be opened: {cause}.").format(path=path, cause=cause),
            kept=_("The file was not changed."),
            advice=_("Check that the file exists and that you may read it."),
        )
