"""Failures of what leaves the house: wrong readers, and keys that nobody could open it with."""

from habeas.errors.base import HabeasError
from habeas.language import _


class NotForTheseReaders(HabeasError):
    """A form for everybody was to be written of what only some may see."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("“{label}” is for everybody, and this export is not.").format(label=label),
            kept=_("Nothing was written, and nothing left."),
            advice=_("Export to everybody, or choose a form for these readers."),
        )


class RecipientKeyRefused(HabeasError):
    """A bundle cannot be locked for its recipient with this key."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The bundle was not locked: {reason}.").format(reason=reason),
            kept=_("Nothing was written, and nothing left."),
            advice=_("Ask the recipient for their age public key, or agree on a long passphrase."),
        )
