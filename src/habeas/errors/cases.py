"""Failures of case files: what cannot be changed, refused uploads, desks that are taken."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class NothingIsChanged(HabeasError):
    """Somebody tried to change or delete a row that is only ever added."""

    def __init__(self, table: str) -> None:
        super().__init__(
            _("Rows of {table} are added, never changed.").format(table=table),
            kept=_("The row stays as it was."),
            advice=_("Add a statement that supersedes or retracts it."),
        )


class StatementRefused(HabeasError):
    """A statement that does not say who says so, or that cannot stand where it was put."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The statement was not taken down: {reason}.").format(reason=reason),
            kept=_("Nothing was changed."),
            advice=_("Say what is said, who says so, and about whom."),
        )


class UploadRefused(HabeasError):
    """A file that is too large, empty, or not of a kind that is taken."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The file was not taken: {reason}.").format(reason=reason),
            kept=_("Nothing of it was kept."),
            advice=_("Send a PDF, picture, sound, video or text file of at most 25 MB."),
        )


class DeskTaken(HabeasError):
    """Another volunteer is asking this desk now."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, by: str) -> None:
        super().__init__(
            _("{by} is asking there now.").format(by=by),
            kept=_("Nothing was changed."),
            advice=_("Take the next place of the list."),
        )


class MemberRefused(HabeasError):
    """A membership or a grant that cannot be."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The team was not changed: {reason}.").format(reason=reason),
            kept=_("Everybody may do what they could do before."),
            advice=_("Look at the list of the team, and correct the name, the role or the end."),
        )


class LastOwner(HabeasError):
    """The last owner who stays would leave, take another role, or be given an end."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody would own the site any more."),
            kept=_("The team was not changed."),
            advice=_("Make somebody else an owner first, without an end."),
        )


class NoRowSecurity(HabeasError):
    """The database cannot be told to keep members from the rows of other cases."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The rules of the database were not written: {why}.").format(why=why),
            kept=_("The database was not changed; the site still shows members only their cases."),
            advice=_(
                "On PostgreSQL, let the administrator make the account of the site the owner of "
                "the database and of its tables, and run: ALTER ROLE name CREATEROLE. Then run "
                "habeas team database again."
            ),
        )


class NoSeat(HabeasError):
    """The database keeps members from other cases, and has no role for this one."""

    def __init__(self) -> None:
        super().__init__(
            _("The database has no role for this member."),
            kept=_("Nothing was shown, and nothing was changed."),
            advice=_("An owner runs at the machine: habeas team database"),
        )


class NotStripped(HabeasError):
    """A file that may tell more than its content, and from which that cannot be taken out."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The file was not stripped: {reason}.").format(reason=reason),
            kept=_("It stays as it was, and does not leave."),
            advice=_("Leave it out, or print it to a new PDF, look at that, and add it instead."),
        )
