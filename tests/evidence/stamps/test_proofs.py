"""OpenTimestamps: calendars learn a salted hash only; a block confirms, or it is not called so."""

import hashlib
from pathlib import Path

import pytest
from calendar_double import BLOCK_TIME, HEIGHT, Calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.evidence.stamps.proofs import Proof, ProofFault, ProofUnreadable, check_proof

CONTENT = b'{"an":"invented manifest"}'
SHARED = Path(__file__).parents[4] / "shared" / "fixtures" / "ots-samples"


def begun(calendar: Calendar) -> Proof:
    proof = Proof.begin(CONTENT)
    assert proof.complete(proof.commitment, calendar.submit(proof.commitment))
    return proof


def confirmed(calendar: Calendar) -> Proof:
    proof = begun(calendar)
    calendar.mine()
    ((_url, commitment),) = proof.pending()
    rest = calendar.upgrade(commitment)
    assert rest is not None
    assert proof.complete(commitment, rest)
    return proof


def test_a_calendar_learns_neither_the_hash_nor_that_it_is_the_same_thing() -> None:
    with Calendar() as calendar:
        begun(calendar)
        begun(calendar)
    first, second = calendar.asked
    assert first != second
    assert hashlib.sha256(CONTENT).digest() not in {first, second}


def test_a_new_proof_is_pending_and_not_called_confirmed() -> None:
    with Calendar() as calendar:
        proof = begun(calendar)
        report = check_proof(proof.written(), CONTENT, {})
        assert report.fault is ProofFault.PENDING
        assert report.pending == (calendar.url,)
        assert not proof.confirmed()


def test_a_block_confirms_it() -> None:
    with Calendar() as calendar:
        written = confirmed(calendar).written()
    report = check_proof(written, CONTENT, calendar.headers)
    assert report.fault is None
    assert report.height == HEIGHT
    assert report.moment is not None
    assert report.moment.timestamp() == BLOCK_TIME


def test_without_the_block_the_merkle_root_to_look_for_is_told() -> None:
    with Calendar() as calendar:
        written = confirmed(calendar).written()
    report = check_proof(written, CONTENT, {})
    assert report.fault is ProofFault.NO_HEADER
    ((height, root),) = report.blocks
    assert height == HEIGHT
    assert bytes.fromhex(root)[::-1] == calendar.headers[HEIGHT][36:68]


def test_another_block_or_another_content_does_not_confirm_it() -> None:
    with Calendar() as calendar:
        written = confirmed(calendar).written()
    other = {HEIGHT: bytes(80)}
    assert check_proof(written, CONTENT, other).fault is ProofFault.WRONG_BLOCK
    assert check_proof(written, b"else", calendar.headers).fault is ProofFault.WRONG_DIGEST


def test_a_reply_about_something_else_is_refused() -> None:
    with Calendar() as calendar:
        proof = Proof.begin(CONTENT)
        with pytest.raises(ProofUnreadable):
            proof.complete(b"x" * 32, calendar.submit(b"x" * 32))
        with pytest.raises(ProofUnreadable):
            proof.complete(proof.commitment, b"\xf0nonsense")


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(content: bytes) -> None:
    assert check_proof(content, CONTENT, {}).fault is ProofFault.UNREADABLE


@pytest.fixture(scope="module")
def mined() -> tuple[bytes, dict[int, bytes]]:
    with Calendar() as calendar:
        return confirmed(calendar).written(), calendar.headers


@given(data=st.data())
@settings(max_examples=500, deadline=None)
def test_no_changed_proof_is_confirmed_for_the_content_by_another_block(
    mined: tuple[bytes, dict[int, bytes]], data: st.DataObject
) -> None:
    proof, headers = mined
    written = bytearray(proof)
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))
    report = check_proof(bytes(written), CONTENT, headers)
    # What a promise says may change unnoticed; that the block confirms the content may not.
    assert report.fault is not None or report.height == HEIGHT


# --- real proofs, where they are at hand ---------------------------------------------------------

_SAMPLES = pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not here")


@pytest.mark.shared
@_SAMPLES
@pytest.mark.parametrize(
    ("name", "fault", "height"),
    [
        ("hello-world.txt", ProofFault.NO_HEADER, 358391),
        ("merkle1.txt", ProofFault.PENDING, 0),
        ("two-calendars.txt", ProofFault.PENDING, 0),
        ("incomplete.txt", ProofFault.PENDING, 0),
        ("known-and-unknown-notary.txt", ProofFault.PENDING, 0),
        ("unknown-notary.txt", ProofFault.NOTHING, 0),
    ],
)
def test_real_proofs_are_read(name: str, fault: ProofFault, height: int) -> None:
    content = (SHARED / name).read_bytes()
    report = check_proof((SHARED / f"{name}.ots").read_bytes(), content, {})
    assert report.fault is fault
    assert dict(report.blocks).keys() == ({height} if height else set())


@pytest.mark.shared
@_SAMPLES
def test_real_bad_proofs_are_refused() -> None:
    for path in sorted((SHARED / "invalid").glob("*.ots")):
        assert check_proof(path.read_bytes(), b"", {}).fault is ProofFault.UNREADABLE, path.name
    bad = SHARED / "bad-stamp.txt"
    report = check_proof(bad.with_name("bad-stamp.txt.ots").read_bytes(), bad.read_bytes(), {})
    assert report.fault is not None
