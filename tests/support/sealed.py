"""A sealed, stamped store on this computer, and an exhibit of it: what attackers work on."""

import json
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from time_authority import TimeAuthority

from habeas.evidence import Decoding, Exchange, Store
from habeas.evidence.exhibit.facts import CaptureFacts, MarkedRow
from habeas.evidence.exhibit.folder import Exhibit, Plan, make_exhibit
from habeas.evidence.rendering import Rendering, rendering_records
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.seals.log import rows
from habeas.evidence.seals.rows import Seal
from habeas.evidence.stamps.authorities import Promise
from habeas.evidence.stamps.tokens import request
from habeas.evidence.verifying import verify as stranger
from habeas.evidence.verifying.inside import Expectations, verify
from habeas.evidence.writing import Kept

NAME = "Вымышленов А.Б."
OTHER = "Выдуманцев А.Б."
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
AUTHORITIES = ("first", "second")
VERIFIER = Path(str(files("habeas.evidence.verifying") / "verify.py"))


def _png() -> bytes:
    """Return a real picture, of one white point."""
    parts = (
        (b"IHDR", struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\xff\xff")),
        (b"IEND", b""),
    )
    chunks = [
        struct.pack(">L", len(held)) + name + held + struct.pack(">L", zlib.crc32(name + held))
        for name, held in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PNG = _png()
Make = Callable[..., Exchange]


def page(name: str = NAME) -> bytes:
    """Return an invented list of hearings, in windows-1251."""
    row = f"<tr><td>05-9001/2026</td><td>{name}</td><td>18.10</td></tr>"
    return f"<html><title>Список</title><table>\n{row}\n</table></html>".encode("windows-1251")


@dataclass(frozen=True)
class Ground:
    """What is attacked.

    Attributes:
        folder: holds everything below; may be copied.
        store: its folder.
        roots: certificates of the time-stamping authorities.
        signer: fingerprint of the honest key.
    """

    folder: Path
    exhibit: Exhibit
    signer: str
    exchange: Make

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def roots(self) -> Path:
        return self.folder / "roots.pem"

    @property
    def package(self) -> Path:
        return next(self.exhibit.folder.glob("*.wacz"))

    def copied(self, to: Path) -> "Ground":
        """Return the same ground somewhere else."""
        shutil.copytree(self.folder, to)
        moved = replace(
            self.exhibit,
            folder=to / self.exhibit.folder.relative_to(self.folder),
            archive=to / self.exhibit.archive.relative_to(self.folder),
        )
        return Ground(to, moved, self.signer, self.exchange)


def sealer_in(folder: Path) -> Sealer:
    """Return a sealer with keys of its own, who promises two timestamps for each seal."""
    ring = KeyRing(folder / "keys", passphrase=lambda: "")
    return Sealer(keys=ring, promise=Promise(rfc3161=2, opentimestamps=0))


def build(folder: Path, exchange: Make, names: Sequence[str] = (NAME, OTHER)) -> Ground:
    """Record four pages, note a picture, gather and stamp, and make an exhibit of two."""
    store = Store(folder / "store", sealer_in(folder))
    kept = [_kept(store, exchange, number, page(name)) for number, name in enumerate(names)]
    kept += [_kept(store, exchange, number, page(f"Никто {number}")) for number in (7, 8)]
    _picture(store, kept[0])
    with ExitStack() as stack:
        authorities = [
            stack.enter_context(TimeAuthority(folder / name, name=f"Invented {name}"))
            for name in AUTHORITIES
        ]
        stamp(store, authorities)
    roots = [(folder / name / "root.pem").read_text() for name in AUTHORITIES]
    (folder / "roots.pem").write_text("".join(roots))
    plan = Plan(folder / "out", ("en",), _marked, now=lambda: NOW)
    exhibit = make_exhibit(store.chain, [kept[0].path, kept[1].path], plan)
    return Ground(folder, exhibit, exhibit.signer, exchange)


def _marked(one: CaptureFacts) -> CaptureFacts:
    return replace(one, rows=(MarkedRow(NAME),), text=NAME)


def _kept(store: Store, exchange: Make, number: int, body: bytes) -> Kept:
    kept = store.keep(exchange(body, url=f"https://court.example/list?n={number}"))
    store.annotate(kept, Decoding("windows-1251", "windows-1251", 0), moment=datetime.now(UTC))
    return kept


def _picture(store: Store, kept: Kept) -> None:
    """Keep a picture of a page, as a note about its capture."""
    drawn = Rendering(
        picture=PNG,
        dom=b"<p>",
        moment=datetime.now(UTC),
        program="Chromium 1",
        width=1,
        height=1,
        cut=False,
        scripts=False,
        parts=(),
        left_out={},
    )
    records, note = rendering_records(kept, drawn)
    store.add_note(kept, records, note, moment=drawn.moment)


def stamp(store: Store, authorities: Sequence[TimeAuthority]) -> None:
    """Gather all seals so far under one, and have it stamped by each authority."""
    chain = store.chain
    seals = [row for row in rows(chain.log.folder) if isinstance(row, Seal)]
    with chain.act() as act:
        hashes = [seal.hash for seal in seals]
        gathering = act.seal({"kind": "gathering", "first": seals[0].sequence, "seals": hashes})
        act.commit()
    folder = chain.seals / "stamps" / f"seal-{gathering.sequence:08d}"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(gathering.signed)
    (folder / "signature.bin").write_bytes(gathering.signature)
    for name, authority in zip(AUTHORITIES, authorities, strict=True):
        asked = request(sha256(gathering.signed).digest())
        reply = authority.reply(asked)
        stem = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-{name}"
        (folder / f"{stem}.tsq").write_bytes(asked)
        (folder / f"{stem}.tsr").write_bytes(reply)
        detail = {
            "seal": gathering.sequence,
            "kind": "rfc3161",
            "authority": name,
            "file": f"stamps/{folder.name}/{stem}.tsr",
            "sha256": sha256(reply).hexdigest(),
        }
        with chain.act() as act:
            act.custody("stamped", detail=detail)
            act.commit()
    with chain.act() as act:
        found = [[row.value["number"], row.hash] for row in rows(chain.log.folder)
                 if not isinstance(row, Seal)]  # fmt: skip
        act.seal({"kind": "custody", "file": None, "rows": found})
        act.commit()


@dataclass(frozen=True)
class Verdict:
    """What a verifier says.

    Attributes:
        broken: names of the checks that do not hold.
    """

    code: int
    broken: frozenset[str]
    unchecked: frozenset[str]
    said: str


def by_habeas(path: Path, ground: Ground) -> Verdict:
    """Return what habeas says."""
    report = verify(path, Expectations(ground.signer, roots=[ground.roots]), processes=1)
    return _verdict(report.exit_code, stranger.as_json(report, "en"))


def by_stranger(path: Path, ground: Ground, *, python: str = sys.executable) -> Verdict:
    """Return what `verify.py` says, with an empty environment, in another folder."""
    command = [python, "-I", str(VERIFIER), str(path), "--signer", ground.signer, "--json"]
    done = subprocess.run(
        [*command, "--roots", str(ground.roots)],
        cwd="/",
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not done.stderr, done.stderr
    return _verdict(done.returncode, done.stdout)


def _verdict(code: int, said: str) -> Verdict:
    checks = json.loads(said)["checks"]
    by_state = {
        state: frozenset(one["name"] for one in checks if one["state"] == state)
        for state in ("broken", "could not check")
    }
    return Verdict(code, by_state["broken"], by_state["could not check"], said)
