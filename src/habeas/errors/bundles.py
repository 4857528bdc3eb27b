"""Failures of bundles from others: locked for somebody else, damaged, not signed, unsure whose."""

from habeas.errors.base import HabeasError
from habeas.language import _


class BundleNotOpened(HabeasError):
    """A bundle that no key of this home opens."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The bundle does not open: {reason}.").format(reason=reason),
            kept=_("Nothing of it was taken over."),
            advice=_(
                "Give its passphrase, or ask its sender to lock it for the line that "
                "`habeas keys recipient` prints."
            ),
        )


class BundleDamaged(HabeasError):
    """A bundle that is cut off, was changed, or holds what no bundle holds."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The bundle is refused: {reason}.").format(reason=reason),
            kept=_("Nothing of it was taken over."),
            advice=_("Ask its sender for the file once more, and compare its SHA-256."),
        )


class BundleOtherVersion(HabeasError):
    """A bundle of a version of the format that this program does not read."""

    def __init__(self, version: str) -> None:
        super().__init__(
            _("The bundle is of version {version}, and this habeas reads version 2.").format(
                version=version
            ),
            kept=_("Nothing of it was taken over."),
            advice=_("Bring both sides to the same release of habeas, and send it again."),
        )


class SignatureRefused(HabeasError):
    """A bundle whose list is not signed by the key that it names."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("Nobody can tell whose bundle this is: {reason}.").format(reason=reason),
            kept=_("Nothing of it was taken over."),
            advice=_("Ask its sender by voice whether they sent it, and for a new one."),
        )


class SenderUnsure(HabeasError):
    """A bundle signed by another key than the last one of this sender."""

    def __init__(self, speaker: str) -> None:
        super().__init__(
            _("The last bundle of {speaker} was signed by another key.").format(speaker=speaker),
            kept=_("It was read and waits; nothing of it was taken over."),
            advice=_("Compare the key with them by voice, and say on the page that you did."),
        )
