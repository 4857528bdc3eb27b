"""Failures of sources, their adapters and lists."""

from habeas.errors.base import Exit, HabeasError
from habeas.language import _


class SourceUnknown(HabeasError):
    """A source id that is not in the catalogue."""

    def __init__(self, source_id: str, known: list[str]) -> None:
        super().__init__(
            _("There is no source {source_id}.").format(source_id=repr(source_id)),
            advice=_("Known sources: {known}.").format(known=", ".join(known)),
        )


class SourceBroken(HabeasError):
    """A source, of the catalogue or the user's own, whose description cannot be used."""

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            _("The description of source {folder} cannot be used: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("No page was read."),
            advice=_("Correct the description; docs/reference/source-toml.md lists the keys."),
        )


class DirectoryBroken(HabeasError):
    """A directory of courts in the user's folder cannot be read."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _("The directory of courts {path} cannot be read.").format(path=path),
            kept=_("Nothing was changed."),
            advice=_(
                "Remove that file, and read the directory again: habeas sources courts update"
            ),
        )


class DirectoryRefused(HabeasError):
    """A file that is no directory of courts."""

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(
            _("{name} is no directory of courts: {cause}").format(
                name=repr(name[:200]), cause=cause
            ),
            kept=_("The directory that you have was not changed."),
            advice=_("docs/how-to/watch-russian-courts.md shows the files that are understood."),
        )


class NothingProposed(HabeasError):
    """A page that is none of the kinds of sources that need no code."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "No source can be proposed from {place}: it has no table of people, feed or list."
            ).format(place=repr(place[:200])),
            kept=_("Nothing was written."),
            advice=_("Save a page that lists people, or write an adapter (docs/how-to)."),
        )


class NameWouldLeave(HabeasError):
    """A request carries a sought name and nobody has allowed this source to be asked by name."""

    def __init__(self, source_id: str) -> None:
        super().__init__(
            _("Asking {source_id} in this way would tell it whom you seek.").format(
                source_id=source_id
            ),
            kept=_("Nothing was sent."),
            advice=_("Allow this source to be asked by name, or use its whole lists."),
        )


class RowsUnreadable(HabeasError):
    """Some rows of a file of rows (CSV, JSON Lines) are malformed; the others were read."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, bad: int, read: int, lines: list[int]) -> None:
        super().__init__(
            _("{bad} rows of the file cannot be read (the first in lines: {lines}).").format(
                bad=bad, lines=", ".join(map(str, lines)) or "?"
            ),
            kept=_("The other {read} rows were read and searched.").format(read=read),
            advice=_("Look at these lines yourself: a name may stand in them."),
        )


class NameInAddress(HabeasError):
    """An address contains the sought name; asking it tells the site whom we seek."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("The address {address} contains the sought name.").format(
                address=repr(address[:200])
            ),
            kept=_("Nothing was sent."),
            advice=_(
                "Ask for a whole list instead. If the site may learn whom you seek, add "
                "--name-in-address."
            ),
        )
