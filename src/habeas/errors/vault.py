"""Failures of the passphrase that protects a home, and of backups of it."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class HomeLocked(HabeasError):
    """The home is encrypted, and nobody has given the passphrase."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, folder: str) -> None:
        super().__init__(
            _("What is kept in {folder} is encrypted, and the passphrase was not given.").format(
                folder=repr(folder)
            ),
            kept=_("Nothing was read and nothing was changed."),
            advice=_(
                "Give the passphrase on the terminal, or name a file that holds it in "
                "HABEAS_PASSPHRASE_FILE."
            ),
        )


class PassphraseWrong(HabeasError):
    """The passphrase, or the recovery key, does not open this home or backup."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, *, recovery: bool = False) -> None:
        happened = (
            _("This recovery key does not fit.") if recovery else _("This passphrase is wrong.")
        )
        super().__init__(
            happened,
            kept=_("Nothing was changed."),
            advice=_(
                "Try again: capital letters, the keyboard's language and spaces count. Who has "
                "lost the passphrase can set another with the printed recovery key: "
                "habeas passphrase recover."
            ),
        )


class PassphraseRefused(HabeasError):
    """A new passphrase is too easy to guess."""

    def __init__(self, least: int) -> None:
        super().__init__(
            _("The passphrase is too short: it needs at least {least} characters.").format(
                least=least
            ),
            kept=_("Nothing was changed."),
            advice=_("Take four or five words that do not belong together."),
        )


class VaultBroken(HabeasError):
    """The file that holds the wrapped key is missing a part, damaged, or of a newer habeas."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("{path} cannot be used: {cause}.").format(path=repr(path), cause=cause),
            kept=_("Nothing was changed."),
            advice=_(
                "Put back this one file from any backup made after the passphrase was set; every "
                "such copy opens the home."
            ),
        )


class VaultState(HabeasError):
    """A passphrase is set where none should be, or none where one should be."""

    def __init__(self, folder: str, *, is_set: bool) -> None:
        happened = (
            _("A passphrase already protects {folder}.")
            if is_set
            else _("No passphrase protects {folder}.")
        )
        super().__init__(
            happened.format(folder=repr(folder)),
            kept=_("Nothing was changed."),
            advice=_("See habeas passphrase status."),
        )


class HomeInUse(HabeasError):
    """Another habeas works in the home, and what is planned needs it alone."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, folder: str) -> None:
        super().__init__(
            _("Another habeas is at work in {folder}.").format(folder=repr(folder)),
            kept=_("Nothing was changed."),
            advice=_("Stop habeas serve, habeas watch and other commands, then try again."),
        )


class NotEncryptedHere(HabeasError):
    """The database is on a server of its own, which a passphrase of this home cannot protect."""

    def __init__(self) -> None:
        super().__init__(
            _("HABEAS_DATABASE names a database server; a passphrase cannot encrypt that."),
            kept=_("Nothing was changed."),
            advice=_("Encrypt the disk of that server, and ask whoever runs it."),
        )


class HomeNotChanged(HabeasError):
    """The disk refused while a home was encrypted, or its passphrase was changed."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("{path} could not be written: {cause}.").format(path=repr(path), cause=cause),
            kept=_("Everything can still be read, as before or with the passphrase."),
            advice=_(
                "Check HABEAS_HOME and the free space, and repeat the command: it goes on where it "
                "stopped."
            ),
        )


class BackupRefused(HabeasError):
    """A backup cannot be written there, or what should be restored is no whole backup."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The backup {path} cannot be used: {cause}.").format(path=repr(path), cause=cause),
            kept=_("The home was not changed."),
            advice=_("Choose another file or folder, or another copy of the backup."),
        )
