"""What a store writes beside its records: rows of custody and seals, in one act under one lock.

    chain = recovering.chain_of(folder, sealer)
    with chain.act("2026-11-23/....warc.gz") as act:
        act.custody("captured", item=..., after=...)
        act.seal(item)
        act.commit()

The first act of a process, and an act after somebody was killed in the middle of theirs, first put
in order what was left: nothing is removed, and what is found is said in the log.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from habeas import __version__
from habeas.errors import KeyLost, LogNotWritten, StoreRefused
from habeas.evidence.clock import SealClock
from habeas.evidence.seals import SEALS, items
from habeas.evidence.seals.canonical import Json, canonical
from habeas.evidence.seals.keys import KeyRing, Signer
from habeas.evidence.seals.pen import LogWriter, Pen, torn_detail
from habeas.evidence.seals.rows import CUSTODY_FORMAT, SEAL_FORMAT, Seal
from habeas.evidence.stamps.authorities import Promise
from habeas.files import make_folder, sync_folder, write_file

STORE_FORMAT = "habeas store 1"
_MARK_CHARACTERS = 200
_TOOL: Json = {"name": "habeas", "version": __version__}
PROGRAM: Json = {"kind": "program", "name": f"habeas/{__version__}"}
"""Who did it, in a row of custody, where no person did."""


@dataclass
class Sealer:
    """Who seals, and how.

    Attributes:
        keys: the user's keys.
        now: wall time (aware, UTC).
        promise: the outside timestamps that every new seal must have.
        where: the label of the place, None where the user gave none.
    """

    keys: KeyRing = field(default_factory=KeyRing)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    promise: Promise = field(default_factory=Promise)
    where: str | None = None


class Act:
    """Rows that belong together. Used only inside of `Chain.act`."""

    def __init__(self, chain: "Chain", pen: Pen) -> None:
        self._chain = chain
        self._pen = pen
        self._signer: Signer | None = None

    @property
    def pen(self) -> Pen:
        """Where the log ends."""
        return self._pen

    def custody(  # noqa: PLR0913 - one argument for each fact of a row; all but the first by name
        self,
        event: str,
        *,
        item: str | None = None,
        before: str | None = None,
        after: str | None = None,
        why: str = "",
        detail: Mapping[str, object] | None = None,
        by: Mapping[str, object] | None = None,
    ) -> str:
        """Take a row of custody and return its hash; the keys are those of the format."""
        return self._pen.custody(
            {
                "format": CUSTODY_FORMAT,
                "at": items.moment(self._chain.sealer.now()),
                "by": by or PROGRAM,
                "where": self._chain.sealer.where,
                "event": event,
                "item": item,
                "before": before,
                "after": after,
                "why": why,
                "detail": dict(detail or {}),
            }
        )

    def introduce(self) -> Signer:
        """Return the key that signs here, after the log has introduced it where that is due.

        Raises:
            KeyLost, KeyLocked, KeyRefused: see `Chain.signer`.
        """
        if self._signer is None:
            self._signer = self._chain.introduced(self)
        return self._signer

    def seal(self, item: Mapping[str, object]) -> Seal:
        """Sign and take a seal of an item. Raises as `introduce`."""
        return self.signed(item, self.introduce())

    def signed(self, item: Mapping[str, object], signer: Signer) -> Seal:
        """As `seal`, by a given key."""
        chain = self._chain
        created = chain.sealer.now()
        last = self._pen.head.seal
        before = items.read_moment(last.value.get("created")) if last is not None else None
        return self._pen.seal(
            {
                "format": SEAL_FORMAT,
                "store": chain.store_id(),
                "created": items.moment(created),
                "clock": chain.clock.facts(created, before),
                "key": {"algorithm": "ed25519", "fingerprint": signer.fingerprint},
                "must_have": _stated(chain.sealer.promise),
                "tool": _TOOL,
                "item": item,
            },
            signer,
        )

    def commit(self) -> None:
        """Have the rows taken so far on disk.

        Raises:
            LogNotWritten: the disk is full or cannot be written to.
        """
        with self._chain.typed():
            self._pen.commit()
            self._chain.log.committed(self._pen)


class Chain:
    """The log and the seals of one store. Threads may share it.

    Args:
        folder: the store.
        sealer: who seals.
        put_in_order: called at the first act, and where somebody was stopped; see `recovering`.
    """

    def __init__(
        self, folder: Path, sealer: Sealer, put_in_order: Callable[["Chain", Act, str], None]
    ) -> None:
        self._put_in_order = put_in_order
        self.folder = folder
        self.seals = folder / SEALS
        self.sealer = sealer
        self.log = LogWriter(self.seals)
        self.clock = SealClock()
        self._id = ""
        self._in_order_for = 0

    @contextmanager
    def act(self, writing: str = "") -> Iterator[Act]:
        """Hold the store's lock and yield what rows are given to.

        Args:
            writing: the file that is about to be written, a path in the store. If this process is
                killed, the next one looks there. Forgotten when the act ends without an error.

        Raises:
            StoreBusy, StoreNewer, StoreRefused: the store cannot be written to now, or at all.
            LogNotWritten: the disk is full or cannot be written to.
        """
        with ExitStack() as stack:
            with self.typed():
                stack.enter_context(self.log.locked())
                act = self._begun(writing)
            yield act
            with self.typed():
                self._mark("")

    @contextmanager
    def typed(self) -> Iterator[None]:
        """Say what the system says of a disk in our own words."""
        try:
            yield
        except OSError as error:
            cause = error.strerror or type(error).__name__
            raise LogNotWritten(str(self.folder), cause) from error

    def _begun(self, writing: str) -> Act:
        self._identify()
        marked = self._marked()
        act = Act(self, self.log.pen())
        if act.pen.torn:
            act.custody("torn", detail=torn_detail(act.pen.torn))
            act.commit()
        if marked or self._in_order_for != os.getpid():
            self._put_in_order(self, act, marked)
            self._in_order_for = os.getpid()
        self._mark(writing)
        return act

    def ready(self) -> None:
        """Open the key that will sign, before anything is asked of anybody.

        Raises:
            KeyLost, KeyLocked, KeyRefused, StoreNewer: nothing could be sealed here.
        """
        signer = self.log.pen().head.signer
        self.signer(signer)

    def signer(self, introduced: str) -> Signer:
        """Return the key that signs now.

        Args:
            introduced: fingerprint of the key that the store introduced last; empty if none.

        Raises:
            KeyLost: that key is not in the ring; only `replace_key` goes on without it.
            KeyLocked, KeyRefused: a key cannot be opened.
        """
        if introduced and not self.sealer.keys.holds(introduced):
            raise KeyLost(introduced, str(self.sealer.keys.folder))
        return self.sealer.keys.current()

    def introduced(self, act: Act) -> Signer:
        """Return the key that signs now, after it was introduced in the log. Raises as `signer`."""
        before = act.pen.head.signer
        signer = self.signer(before)
        if before == signer.fingerprint:
            return signer
        if before:
            act.signed(_key_item(signer, "rotation"), self.sealer.keys.signer(before))
        else:
            act.signed(_key_item(signer, "first"), signer)
        self._publish(signer)
        return signer

    def replace_key(self) -> Seal:
        """Go on with the current key of the ring where the store's own key is lost.

        The log says that the old key had no part in this. Nothing that was sealed before changes.
        """
        with self.act() as act:
            signer = self.sealer.keys.current()
            seal = act.signed(_key_item(signer, "lost"), signer)
            self._publish(signer)
            act.commit()
        return seal

    def store_id(self) -> str:
        """Return the id of the store; only inside of an act."""
        return self._id

    # --- files -------------------------------------------------------------------------------

    def _identify(self) -> None:
        if not self._id:
            self._id = read_store_id(self.seals) or self._new_store()

    def _new_store(self) -> str:
        """Write the store's identity, once."""
        if self.log.pen().head.number:
            raise StoreRefused(str(self.folder), "store.json is missing")
        created = items.moment(self.sealer.now())
        identity: Json = {"format": STORE_FORMAT, "id": uuid4().urn, "created": created}
        write_file(self.seals / "store.json", canonical(identity) + b"\n")
        sync_folder(self.seals)
        return str(identity["id"])

    def _publish(self, signer: Signer) -> None:
        """Lay the public key beside the log, for those who check with openssl."""
        path = self.seals / "keys" / f"{signer.fingerprint}.pem"
        if not path.exists():
            make_folder(path.parent)
            write_file(path, signer.pem.encode("ascii"))

    def _marked(self) -> str:
        try:
            return (self.seals / "writing").read_text("utf-8").strip()
        except FileNotFoundError:
            return ""

    def _mark(self, writing: str) -> None:
        """Say which file is being written. Not confirmed by the disk: it is for kills.

        After a power cut `put_in_order` looks at the folders themselves. Written over in place,
        at one length: cutting a file to nothing first makes ext4 flush it.
        """
        descriptor = os.open(self.seals / "writing", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, writing.ljust(_MARK_CHARACTERS).encode("utf-8"))
        finally:
            os.close(descriptor)


def read_store_id(seals: Path) -> str:
    """Return the id in a store's `store.json`, empty where there is no such file.

    Raises:
        StoreRefused: the file is there and cannot be understood.
    """
    return str(read_identity(seals).get("id", ""))


def read_identity(seals: Path) -> Json:
    """Return what a store's `store.json` says, empty where there is none. Raises StoreRefused."""
    try:
        found = json.loads((seals / "store.json").read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StoreRefused(str(seals.parent), f"store.json: {type(error).__name__}") from error
    if not isinstance(found, dict) or found.get("format") != STORE_FORMAT:
        raise StoreRefused(str(seals.parent), "store.json")
    return found


def _stated(promise: Promise) -> Json:
    """Return the `must_have` of a manifest."""
    return {
        "signature": "ed25519",
        "rfc3161": promise.rfc3161,
        "opentimestamps": promise.opentimestamps,
    }


def _key_item(signer: Signer, reason: str) -> Json:
    return {
        "kind": "key",
        "fingerprint": signer.fingerprint,
        "pem": signer.pem,
        "ecdsa_pem": signer.ecdsa_pem,
        "reason": reason,
    }
