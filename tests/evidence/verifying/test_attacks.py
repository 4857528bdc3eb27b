"""The tamper matrix: every attack is noticed, by habeas and by the stranger's one file.

The table is kept in docs/reference/tamper-matrix.md and compared; `--update-pages` writes it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attacks
import pytest
import removal_attacks
from attacks import Attack
from sealed import Ground, by_habeas, by_stranger

if TYPE_CHECKING:
    from oracles import Oracles

ATTACKS = [*attacks.ATTACKS, *removal_attacks.ATTACKS]

_PAGE = Path(__file__).parents[3] / "docs" / "reference" / "tamper-matrix.md"
_HEAD = """# Tamper matrix

Every attack below is carried out for real, on a copy of an honest exhibit, package or store, by
`tests/support/attacks.py`; `tests/evidence/verifying/test_attacks.py` writes this table and fails
if one of them goes unnoticed. The attacker has everything but the signer's key, and makes anew
every digest, index, list and signature that can be made without it.

{count} attacks; `habeas verify` and `verify.py` notice {noticed} of them, with exit code 1 (or 3,
where it may be honest and nothing vouches for it) and without a traceback. *Noticed by* names the
[checks](seal-format.md#checks) that do not hold, by both verifiers. (Exhibits and packages are
read by the same code, with signatures checked by two libraries; stores by two programs that share
none.) The last column is what `wacz validate` (py-wacz 0.6.0) says of the same file: it was not
made to withstand an attacker, and `–` means that it cannot be asked.

| attack | on | noticed by | `wacz validate` |
|---|---|---|---|
"""
_TAIL = """
## What no check can notice

- A store that is put back to an earlier state, as a whole, by whoever holds all copies of it. Its
  chain is sound, only shorter. Timestamps by others and exhibits that were given away show the
  rest.
- Whatever the holder of the signing key signed: the key proves who vouches, not that they are
  right. They can also [remove](seal-format.md#removal-by-policy) what speaks against them; that
  something was removed, and when they say so, stays in the log.
- That a `verify.py` which was exchanged speaks the truth about itself. Take it from elsewhere, or
  compare its SHA-256 (`exhibit.files` covers the enclosed one, if another verifier asks).
"""
_ASKED_ALWAYS = {"change_name_and_sign", "strip_signature", "remove_pages", "add_unlisted"}
_rows: dict[str, tuple[str, str]] = {}
_peer: dict[str, str] = {}
# Says of each package what py-wacz says, in one process: its imports take a second.
_ASK_PEER = """
import contextlib, io, json, sys, types
from wacz.main import validate_wacz
for path in sys.stdin.read().splitlines():
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            validate_wacz(types.SimpleNamespace(file=path, verify_auth=False, verifier_url=None))
        print("**valid**" if "is valid" in said.getvalue() else "invalid")
    except Exception:
        print("crash")
"""


@pytest.fixture(scope="module", autouse=True)
def _written(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write the reference anew, if that was asked for and everything was run."""
    yield
    if request.config.getoption("--update-pages") and len(_rows) == len(ATTACKS) and _peer:
        _PAGE.write_text(_table(), "utf-8")


def _table() -> str:
    lines = [
        f"| {one.name} | {one.target} | {_rows[one.name][1]} | {_peer.get(one.name, '–')} |"
        for one in ATTACKS
    ]
    head = _HEAD.format(count=len(ATTACKS), noticed=len(_rows))
    return head + "\n".join(lines) + "\n" + _TAIL


def _documented() -> dict[str, list[str]]:
    """Return the rows of the reference by the name of the attack."""
    text = _PAGE.read_text("utf-8") if _PAGE.exists() else ""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in lines]
    return {row[0]: row[1:] for row in cells[1:]}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.act.__name__)
def test_every_attack_is_noticed(
    attack: Attack, copy: Ground, request: pytest.FixtureRequest
) -> None:
    path = attack.act(copy)
    ours, theirs = by_habeas(path, copy), by_stranger(path, copy)
    for verdict in (ours, theirs):
        assert verdict.code == attack.code, verdict.said
        noticed = verdict.broken if attack.code == 1 else verdict.unchecked
        assert attack.breaks in noticed, verdict.said
        assert "Traceback" not in verdict.said
    # A store is read by two programs that share no code; what they name can differ in a detail.
    assert ours.broken == theirs.broken or attack.target == "store"
    both = ours.broken & theirs.broken or ours.unchecked & theirs.unchecked
    _rows[attack.name] = (attack.target, ", ".join(sorted(both)))
    if not request.config.getoption("--update-pages"):
        assert _documented()[attack.name][:2] == list(_rows[attack.name])


def test_the_reference_has_every_attack_and_no_other(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--update-pages"):
        assert list(_documented()) == [one.name for one in ATTACKS]


def test_what_the_common_validator_says_is_documented(
    ground: Ground, oracles: "Oracles", tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    asked = [one for one in ATTACKS if one.target == "package"]
    if not request.config.getoption("--update-pages"):
        # It takes half a second for each; the others are asked when the table is written.
        asked = [one for one in asked if one.act.__name__ in _ASKED_ALWAYS]
    paths = [
        str(one.act(ground.copied(tmp_path / str(number)))) for number, one in enumerate(asked)
    ]
    done = oracles.run("python", "-c", _ASK_PEER, stdin="\n".join([*paths, str(ground.package)]))
    said = [line for line in done.stdout.splitlines() if line.startswith(("**", "inv", "crash"))]
    assert len(said) == len(paths) + 1, json.dumps([done.stdout, done.stderr])
    assert said.pop() == "**valid**"
    _peer.update(zip((one.name for one in asked), said, strict=True))
    if not request.config.getoption("--update-pages"):
        assert {name: row[2] for name, row in _documented().items() if name in _peer} == _peer
