"""Failures of sharing: nobody agreed, somebody took it back, a format that does not fit."""

from habeas.errors.base import HabeasError
from habeas.language import _


class NobodyAgreed(HabeasError):
    """Of none of the people may anything leave."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            _("Nothing may leave: this consent is missing: {missing}.").format(missing=missing),
            kept=_("No file was made, and nothing was handed out."),
            advice=_("Ask the person, or who may answer for them, and take the answer down."),
        )


class ConsentWithdrawn(HabeasError):
    """A consent changed while a file was being written."""

    def __init__(self, people: int) -> None:
        super().__init__(
            _("A consent changed while the file was written. People concerned: {people}.").format(
                people=people
            ),
            kept=_("The file was thrown away, and nothing was handed out."),
            advice=_("Look again at who may leave, then export once more."),
        )


class FormatUnfit(HabeasError):
    """A format that is not there, or that cannot be written so."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("It cannot be exported so: {reason}.").format(reason=reason),
            kept=_("No file was made, and nothing was handed out."),
            advice=_("Choose another format, language or circle of readers."),
        )


class NotesKeyRefused(HabeasError):
    """A passphrase that cannot lock a key for sealed notes."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("This passphrase cannot be used: {reason}.").format(reason=reason),
            kept=_("Nothing was changed."),
            advice=_("Choose a longer one: four or five words that nobody would guess."),
        )


class NoteNotOpened(HabeasError):
    """A sealed note stays closed."""

    def __init__(self) -> None:
        super().__init__(
            _("The note was not opened: the passphrase is wrong, or the note is not for you."),
            kept=_("The note is sealed as before."),
            advice=_("Try your passphrase again, or ask a reader to pass the note on."),
        )
