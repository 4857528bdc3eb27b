"""How fast evidence is verified, and in how much memory: ours and `wacz validate`, in one run.

Half of the recorded bytes are pages of a court in windows-1251, half are scans that no packer
makes smaller. Figures are of whole processes. "recorded" counts the bytes that sites sent, "stored"
those on disk. Needs `make .venv-oracles/ready` for the peer.

    .venv/bin/python benchmarks/evidence/bench_verify.py [MEGABYTES...]
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from habeas.evidence import Connection, Exchange, Store, Timing
from habeas.evidence.exhibit import enclosing
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.keys import KeyRing
from habeas.evidence.wacz import Contents, write_wacz
from habeas.evidence.wacz.signing import signer_of

ROOT = Path(__file__).parents[2]
MB = 1_000_000
_PAGE, _SCAN = 280_000, 1_000_000
_WORDS = "суд определение дело Вымышленов КоАП постановление статья протокол жалоба".split()  # noqa: SIM905


@dataclass(frozen=True)
class Measured:
    """One process: seconds by the wall and by its processors, peak memory of its largest part."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int


def build(folder: Path, megabytes: int) -> tuple[Path, Path, int]:
    """Return a store, a package of all of it, and how many bytes were recorded."""
    store = Store(folder / "store", Sealer(keys=KeyRing(folder / "keys", passphrase=lambda: "")))
    chance, recorded, number = random.Random(1), 0, 0  # noqa: S311 - not for secrets
    kept = []
    while recorded < megabytes * MB:
        number += 1
        body = _page(chance)
        kept.append(store.keep(_exchange(body, "text/html", number)).path)
        recorded += len(body)
        if number % 4 == 0:
            kept.append(store.keep(_exchange(os.urandom(_SCAN), "application/pdf", number)).path)
            recorded += _SCAN
    enclosed = enclosing.enclose(
        store.chain, [enclosing.file_of(store.chain, path) for path in kept], exhibit_id="0" * 32
    )
    contents = Contents(
        [store.folder / file for file in enclosed.files],
        datetime.now(UTC),
        further=enclosing.package_files(enclosed, store.chain),
    )
    signer = signer_of(store.chain.sealer.keys.current())
    package = write_wacz(folder / "all.wacz", contents, signer=signer).path
    return store.folder, package, recorded


def _page(chance: random.Random) -> bytes:
    rows = "".join(
        f"<tr><td class='c{chance.randint(1, 9)}'>{chance.choice(_WORDS)} "
        f"{chance.randint(1, 99999)}</td><td>{chance.choice(_WORDS)}</td></tr>\n"
        for _n in range(_PAGE // 62)
    )
    return f"<table>{rows}</table>".encode("windows-1251")


def _exchange(body: bytes, kind: str, number: int) -> Exchange:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    now = datetime.now(UTC)
    return Exchange(
        url=f"https://court.example/{number}?kind={kind[:4]}",
        method="GET",
        timing=Timing(now, now, now),
        request=b"GET / HTTP/1.1\r\nHost: court.example\r\n\r\n",
        response=head.encode() + body,
        status=200,
        headers=(("Content-Type", kind),),
        payload=body,
        complete=True,
        connection=Connection("court.example", 443, ("192.0.2.7",), "192.0.2.7"),
    )


def measure(command: Sequence[str], home: Path) -> Measured:
    """Run a command to its end; a child of ours, so that its peak can be told."""
    script = (
        "import resource,subprocess,sys,time\n"
        "t=time.time(); done=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,"
        "stderr=subprocess.DEVNULL)\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(time.time()-t,u.ru_utime+u.ru_stime,u.ru_maxrss/1024,done.returncode)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command],
        env={**os.environ, "HABEAS_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, cpu, peak, code = done.stdout.split()
    return Measured(float(wall), float(cpu), float(peak), int(code))


def commands(store: Path, package: Path) -> dict[str, list[str]]:
    """Return what is compared."""
    habeas = [sys.executable, "-m", "habeas.cli", "verify"]
    alone = [sys.executable, "-I", str(ROOT / "src/habeas/evidence/verifying/verify.py")]
    found = {
        "habeas verify, store": [*habeas, str(store)],
        "habeas verify, WACZ": [*habeas, str(package)],
        "verify.py, WACZ": [*alone, str(package)],
    }
    peer = ROOT / ".venv-oracles" / "bin" / "wacz"
    if peer.exists():
        found["wacz validate, WACZ"] = [str(peer), "validate", "-f", str(package)]
    return found


def run(sizes: Sequence[int]) -> None:
    """Print one table for each size."""
    for megabytes in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
            folder = Path(name)
            started = time.process_time()
            store, package, recorded = build(folder, megabytes)
            stored = sum(one.stat().st_size for one in store.rglob("*.warc.gz"))
            print(
                f"\n{recorded / MB:.0f} MB recorded, {stored / MB:.0f} MB stored "
                f"(made in {time.process_time() - started:.0f} s of processor)"
            )
            print(f"{'':24}{'exit':>5}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}"
                  f"{'recorded MB/s':>15}{'stored MB/s':>13}{'per cpu s':>11}")  # fmt: skip
            for label, command in commands(store, package).items():
                one = measure(command, folder)
                print(f"{label:24}{one.code:5}{one.wall_s:8.2f}{one.cpu_s:8.2f}{one.peak_mb:9.0f}"
                      f"{recorded / MB / one.wall_s:15.0f}{stored / MB / one.wall_s:13.0f}"
                      f"{recorded / MB / one.cpu_s:11.0f}")  # fmt: skip


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    run([int(one) for one in sys.argv[1:]] or [100, 1000])
