"""Failures of packages and exhibits."""

from habeas.errors.base import Exit, HabeasError
from habeas.language import _


class PackageTaken(HabeasError):
    """A package or exhibit would overwrite something, or hold two files of one name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The name {name} is taken.").format(name=name),
            kept=_("Nothing was overwritten."),
            advice=_("Choose another name or folder."),
        )


class NothingToExhibit(HabeasError):
    """What was named is no capture of a store, or holds no answer of a site."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("{place} is not a capture in a store of habeas.").format(place=place),
            kept=_("Nothing was written."),
            advice=_(
                "Name a file that `habeas capture` or `habeas watch` recorded, in its own folder, "
                "or the id of a record or match."
            ),
        )


class NotToBeVerified(HabeasError):
    """What is to be verified is not there."""

    exit_code = Exit.USAGE

    def __init__(self, place: str, cause: str) -> None:
        super().__init__(
            _("{place} cannot be opened: {cause}.").format(place=place, cause=cause),
            kept=_("Nothing was changed."),
            advice=_("Check the name, and that you may read it."),
        )


class PaperNotMade(HabeasError):
    """The PDF of an exhibit could not be set."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("The paper of the exhibit could not be made: {cause}.").format(cause=cause),
            kept=_("The recordings are untouched; no exhibit was written."),
            advice=_("Report this with the words above."),
        )
