"""Failures of recordings and the evidence store."""

from collections.abc import Sequence

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


class EvidenceNotSealed(HabeasError):
    """A record is on disk, and its seal could not be written; it is therefore not read."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            _("A record in {folder} could not be sealed: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("The record itself is kept; it is not read before it is sealed."),
            advice=_(
                "Free some space. The next habeas command that writes to this folder seals the "
                "record, and says that this was done late."
            ),
        )


class LogNotWritten(HabeasError):
    """The log of a store cannot be written to: the disk is full, or the folder is not ours.

    Attributes:
        cause: in the words of the system.
    """

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, cause: str) -> None:
        self.cause = cause
        super().__init__(
            _("The log of {folder} could not be written: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("All earlier rows are untouched. What was about to be noted is not in it."),
            advice=_("Free some space, or check the rights of the folder; then do it again."),
        )


class StoreBusy(HabeasError):
    """Another process holds a store's lock for longer than a record takes to write."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, seconds: float) -> None:
        super().__init__(
            _("Another program has been writing to {folder} for {seconds} seconds.").format(
                folder=folder, seconds=f"{seconds:g}"
            ),
            kept=_("Nothing was changed."),
            advice=_("Wait for the other habeas program, or end it if it hangs; then try again."),
        )


class StoreNewer(HabeasError):
    """A store was written by a later version in a format that this one does not know."""

    def __init__(self, folder: str, found: str) -> None:
        super().__init__(
            _("{folder} was written by a newer habeas (format {found}).").format(
                folder=folder, found=repr(found)
            ),
            kept=_("Nothing was changed."),
            advice=_("Install the newer habeas, or write to another folder."),
        )


class StoreRefused(HabeasError):
    """A folder cannot be used as a store: no seals in it, or its identity cannot be read."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            _("{folder} cannot be used as a folder of sealed records: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("Nothing was changed."),
            advice=_("Check the folder, or name another one."),
        )


class KeyLost(HabeasError):
    """The private key that a store or a ring names is not on this computer."""

    def __init__(self, fingerprint: str, folder: str) -> None:
        super().__init__(
            _("The signing key {fingerprint} is not in {folder}.").format(
                fingerprint=fingerprint[:16], folder=folder
            ),
            kept=_("Everything sealed with it stays valid and can be checked. Nothing was asked."),
            advice=_(
                "Bring it back with `habeas keys import FILE` if you exported it. If it is lost "
                "for good, `habeas keys replace FOLDER` goes on with a new key and says so in the "
                "log of that folder."
            ),
        )


class KeyLocked(HabeasError):
    """A passphrase is needed for a key, and none or a wrong one was given."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _(
                "The signing key in {path} is protected, and this passphrase does not open it."
            ).format(path=path),
            kept=_("The key was not changed. Nothing was asked."),
            advice=_(
                "Give the passphrase when you are asked, or in a file that HABEAS_PASSPHRASE_FILE "
                "names."
            ),
        )


class KeyRefused(HabeasError):
    """A key file cannot be read, written or used."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The key file {path} cannot be used: {cause}.").format(path=path, cause=cause),
            kept=_("No key was changed."),
            advice=_("Check the file and the rights of its folder."),
        )


class AuthoritiesRefused(HabeasError):
    """The settings of time-stamping authorities, or a file of root certificates, cannot be used."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The settings of time-stamping authorities cannot be used: {path}: {cause}.").format(
                path=path, cause=cause
            ),
            kept=_("Nobody was asked. Seals that wait for timestamps go on waiting."),
            advice=_("Correct the file, or set it anew with `habeas stamps allow`."),
        )


class SealUnknown(HabeasError):
    """A store has no seal of that number, or none of that file."""

    def __init__(self, folder: str, wanted: str) -> None:
        super().__init__(
            _("There is no seal of {wanted} in {folder}.").format(wanted=wanted, folder=folder),
            kept=_("Nothing was changed."),
            advice=_("`habeas seals list` shows the seals there are."),
        )


class RecordRemoved(HabeasError):
    """Somebody wants to see a record that was removed by policy; a signed row says so.

    Attributes:
        day: when it was decided (UTC), as YYYY-MM-DD.
        why: its reason, in words.
    """

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, place: str, day: str, why: str) -> None:
        self.day = day
        self.why = why
        super().__init__(
            _("{place} was removed by policy on {day} ({why}).").format(
                place=place, day=day, why=why
            ),
            kept=_("Its seal and its place in the log are kept; what was in it is not."),
            advice=_(
                "An exhibit that was made before still holds its own copy. `habeas seals check` "
                "shows the row that says so."
            ),
        )


class RemovalUnfinished(HabeasError):
    """Files that were to be removed by policy could not be removed.

    Attributes:
        files: paths in the store.
    """

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, folder: str, files: Sequence[str], cause: str) -> None:
        self.files = tuple(files)
        super().__init__(
            _("Files that could not be removed from {folder}: {count} ({cause}).").format(
                count=len(files), folder=folder, cause=cause
            ),
            kept=_("The rest is gone. The log says of each file what came of it."),
            advice=_("Check the rights of the folder, then give the same command again."),
        )


class ImportRefused(HabeasError):
    """Evidence of others cannot be taken over: a file is missing, or there are too many."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            _("This cannot be taken over: {wanted}.").format(wanted=wanted),
            kept=_("Nothing was copied and nothing was written to the log."),
            advice=_("Name between 1 and 1,000 files that exist."),
        )
