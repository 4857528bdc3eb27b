"""Every failure that habeas tells a person about: one class per cause.

Each error answers three questions: what happened, what was kept, what to do next. Whether trying
again can help is data (`retry`), so that a watcher can act on it without reading sentences. The
sentences are translated when the error is made; nothing here imports another room.
"""

from enum import IntEnum, StrEnum

from habeas.language import _


class Retry(StrEnum):
    """Whether the same attempt can succeed later."""

    NEVER = "never"
    LATER = "later"
    OTHER_NETWORK = "other_network"


class Exit(IntEnum):
    """Exit codes of every `habeas` command (a stable door, see design.md, section 7)."""

    DONE = 0
    NOT_FOUND = 1
    USAGE = 2
    COULD_NOT_LOOK = 3


class HabeasError(Exception):
    """The base of all errors that carry a message for a person.

    Attributes:
        happened: one sentence: what went wrong.
        kept: one sentence: what was kept, so that nobody fears a loss.
        advice: one sentence: what the reader can do now.
        retry: whether trying the same thing again can help.
        exit_code: the exit code of a command that ends with this error.
    """

    retry = Retry.NEVER
    exit_code = Exit.USAGE

    def __init__(self, happened: str, *, kept: str = "", advice: str = "") -> None:
        self.happened = happened
        self.kept = kept
        self.advice = advice
        super().__init__(" ".join(part for part in (happened, kept, advice) if part))


# --- names -----------------------------------------------------------------------------------


class NameTooLong(HabeasError):
    """A name has more characters than any written name; it is a page, not a name."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            _("The name has {length} characters; a name has at most {limit}.").format(
                length=length, limit=limit
            ),
            kept=_("Nothing was compared."),
            advice=_("Give one name, or use `habeas find` to search in a text."),
        )


class NothingToCompare(HabeasError):
    """A text holds no letters that could be part of a name."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("There is no name in {text}: no word of at least one letter.").format(
                text=repr(text[:40])
            ),
            kept=_("Nothing was compared."),
            advice=_("Write the name as you know it, in any script."),
        )


# --- sources ---------------------------------------------------------------------------------


class SourceUnknown(HabeasError):
    """A source id that is not in the catalogue."""

    def __init__(self, source_id: str, known: list[str]) -> None:
        super().__init__(
            _("There is no source {source_id}.").format(source_id=repr(source_id)),
            advice=_("Known sources: {known}.").format(known=", ".join(known)),
        )


class SourceBroken(HabeasError):
    """A folder of the catalogue whose description cannot be used."""

    def __init__(self, folder: str, cause: str) -> None:
        super().__init__(
            _("The description of source {folder} cannot be used: {cause}.").format(
                folder=folder, cause=cause
            ),
            kept=_("No page was read."),
            advice=_(
                "Correct source.toml in that folder; docs/reference/source-toml.md lists the keys."
            ),
        )


# --- finding ---------------------------------------------------------------------------------


class PlaceMissing(HabeasError):
    """A place named by the user is neither a file, nor a folder, nor an address."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("There is no file or folder {place}.").format(place=repr(place)),
            kept=_("Nothing was looked at."),
            advice=_("Check the spelling. An address begins with https:// or http://."),
        )


class SearchInterrupted(HabeasError):
    """A search was stopped before its end; what was looked at is kept."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, done: int, journal: str) -> None:
        super().__init__(
            _("The search was interrupted after {done} places; it is not finished.").format(
                done=done
            ),
            kept=_("What was looked at is kept in {journal}.").format(journal=journal),
            advice=_("Give the same command again to go on where it stopped."),
        )


class TableRefused(HabeasError):
    """A table of naming practice holds a row that cannot be true."""

    def __init__(self, table: str, line: int, reason: str) -> None:
        super().__init__(
            _("{table}, line {line}: {reason}.").format(table=table, line=line, reason=reason),
            kept=_("Nothing was compared."),
            advice=_("Correct the row; each table says on top what its columns mean."),
        )


# --- evidence and fetch ----------------------------------------------------------------------


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


class AddressRefused(HabeasError):
    """An address that habeas does not ask, whoever wants it."""

    def __init__(self, address: str, cause: str) -> None:
        super().__init__(
            _("The address {address} is not asked: {cause}.").format(
                address=repr(address[:200]), cause=cause
            ),
            kept=_("Nothing was sent."),
            advice=_("Give an address that begins with https:// or http://."),
        )


class HeaderRefused(HabeasError):
    """A source wants to send a header that is not its to set, or that would break the request."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The request header {name} cannot be set by a source.").format(name=repr(name[:80])),
            kept=_("Nothing was sent."),
            advice=_("Correct the source's adapter."),
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


class CertificateUnusable(HabeasError):
    """A file given as an extra certificate authority cannot be used as one."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The certificate file {path} cannot be used: {cause}.").format(
                path=path, cause=cause
            ),
            kept=_("Nothing was sent."),
            advice=_("Give a PEM file with the root certificate that the source names."),
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


class PlaceTaken(HabeasError):
    """A folder that should receive files already holds something else."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            _("The folder {folder} is not empty, and not ours.").format(folder=repr(folder)),
            kept=_("Nothing was changed."),
            advice=_("Choose another folder with --into."),
        )


# --- site ------------------------------------------------------------------------------------


class PortTaken(HabeasError):
    """The port on which the site should be served is not free."""

    def __init__(self, port: int) -> None:
        super().__init__(
            _("The site cannot be served on port {port}: it is not free.").format(port=port),
            kept=_("Nothing was changed."),
            advice=_("Leave --port out, and a free one is taken; or choose another."),
        )


class AddressNotOurs(HabeasError):
    """The address on which the site should listen is not one of this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("The site cannot listen on {address}: it is no address of this machine.").format(
                address=repr(address[:100])
            ),
            kept=_("Nothing was changed."),
            advice=_("Leave --listen out: then only this machine can open the site."),
        )


class NobodyMayAsk(HabeasError):
    """The site should listen to other machines, but no host name was allowed for them."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("On {address} other machines could reach the site, unencrypted.").format(
                address=repr(address[:100])
            ),
            kept=_("The site was not started."),
            advice=_(
                "Put a TLS proxy in front, and name its host in HABEAS_HOSTS; or leave --listen out."
            ),
        )


class DatabaseNotReady(HabeasError):
    """The database of the upper floor cannot be opened, or not be brought up to date."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("The database cannot be opened or brought up to date: {cause}.").format(cause=cause),
            kept=_("What it holds was not changed."),
            advice=_(
                "Check HABEAS_HOME and HABEAS_DATABASE, the free space, and that no other program "
                "holds the database."
            ),
        )


class ReplicaRefused(HabeasError):
    """A replica was given that is not on this computer; it could pass for the portals."""

    def __init__(self, host: str, place: str) -> None:
        super().__init__(
            _("The replica for {host} cannot be at {place}.").format(
                host=repr(host[:100]), place=repr(place[:100])
            ),
            kept=_("Nothing was asked."),
            advice=_("Give an address and port of this computer, as 127.0.0.1:8443."),
        )


class ScriptRefused(HabeasError):
    """The script of a replica, or a fault ordered from it, cannot be used."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("The script of the replica cannot be used: {cause}.").format(cause=cause),
            kept=_("The replica was not changed."),
            advice=_("Correct it; the guide “Run the replica” names every field."),
        )


# --- watching --------------------------------------------------------------------------------


class WatcherRunning(HabeasError):
    """Another process watches with this database."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, holder: str) -> None:
        super().__init__(
            _("Another watcher is at work ({holder}).").format(holder=holder),
            kept=_("This one asked nothing and changed nothing."),
            advice=_("Let the other one work, or stop it first."),
        )


class LeaseLost(HabeasError):
    """Another process took over the watching while this one was suspended or cut off."""

    retry = Retry.LATER
    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self) -> None:
        super().__init__(
            _("Another watcher has taken over."),
            kept=_("What this one had not finished is left to the other; nothing is done twice."),
            advice=_("Run one watcher for each database."),
        )


class ListRefused(HabeasError):
    """A file of people or of sources holds a line that cannot be used."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(
            _("{file}, line {line}: {reason}.").format(file=file, line=line, reason=reason),
            kept=_("Nothing of this file was taken over."),
            advice=_("Correct the line; docs/how-to/watch-for-months.md shows the form."),
        )


class RouteUnknown(HabeasError):
    """A watch names a route through the network that is not set up here."""

    def __init__(self, route: str, known: list[str]) -> None:
        super().__init__(
            _("There is no route {route}.").format(route=repr(route)),
            kept=_("Nothing was sent."),
            advice=_("Known routes: {known}.").format(known=", ".join(known)),
        )


class DecisionRefused(HabeasError):
    """An answer to a match that is none of the three, or has no author."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The decision was not taken down: {reason}.").format(reason=reason),
            kept=_("The match stays as it was."),
            advice=_("Answer same, not_same or open, and say who decides."),
        )


# --- alerts ----------------------------------------------------------------------------------


class QuietHoursUnclear(HabeasError):
    """Quiet hours that are not of the form "22:00-07:00 Asia/Dushanbe"."""

    def __init__(self, quiet: str) -> None:
        super().__init__(
            _("The quiet hours {quiet} are not understood.").format(quiet=repr(quiet[:60])),
            kept=_("Nothing was changed."),
            advice=_("Write them as 22:00-07:00 Asia/Dushanbe."),
        )


class ChannelUnclear(HabeasError):
    """An address to which no alert can be sent."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("Alerts cannot be sent there: {cause}.").format(cause=cause),
            kept=_("Nothing was changed."),
            advice=_("The guide docs/how-to/get-alerts.md lists the addresses that work."),
        )


# --- learned counts --------------------------------------------------------------------------


class CountsRefused(HabeasError):
    """A file of learned name counts, or the counts of one source in it, cannot be used."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("The name counts of {what} cannot be used.").format(what=repr(what)),
            kept=_("Nothing was compared."),
            advice=_("Learn them again with `habeas names learn`."),
        )


class NothingLearned(HabeasError):
    """No party's name was read in the places given, so there is nothing to learn from."""

    def __init__(self) -> None:
        super().__init__(
            _("No party's name could be counted in these places."),
            kept=_("No file of counts was changed."),
            advice=_("Give pages or tables that say who is a party; `--named` counts other names."),
        )
