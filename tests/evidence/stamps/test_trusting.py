"""Replies of a real authority hold; each way of lying is named; three readers are asked."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from time_authority import Mode, TimeAuthority

from habeas.evidence.stamps import chains
from habeas.evidence.stamps.authorities import read_roots
from habeas.evidence.stamps.chains import may_stamp, usual_roots
from habeas.evidence.stamps.tokens import read_reply, read_request, request
from habeas.evidence.stamps.trusting import Expected, Fault, Note, TokenReport, check_reply

CONTENT = b'{"an":"invented manifest"}'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return TimeAuthority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def reply(authority: TimeAuthority) -> bytes:
    return authority.reply(request(hashlib.sha256(CONTENT).digest()), Mode.GOOD)


@pytest.fixture(scope="module")
def roots(authority: TimeAuthority) -> list[x509.Certificate]:
    return read_roots(authority.root)


def stamped(authority: TimeAuthority, mode: Mode) -> TokenReport:
    query = request(hashlib.sha256(CONTENT).digest())
    nonce = read_request(query).nonce
    expected = Expected(CONTENT, read_roots(authority.root), nonce)
    return check_reply(authority.reply(query, mode), expected)


def test_a_good_reply_holds_for_all_three_readers(authority: TimeAuthority) -> None:
    report = stamped(authority, Mode.GOOD)
    assert report.fault is None
    assert report.authority == "Invented TSA"
    assert report.notes == ()
    assert report.expires is not None
    assert report.moment is not None
    assert report.moment < report.expires
    assert len(report.root_sha256) == 64


@pytest.mark.parametrize(
    ("mode", "note"),
    [(Mode.WITH_CHAIN, Note.STRICT_READER), (Mode.SHA1_ID, Note.SHA1_CERTIFICATE_ID)],
)
def test_an_odd_reply_that_holds_is_noted(authority: TimeAuthority, mode: Mode, note: Note) -> None:
    report = stamped(authority, mode)
    assert report.fault is None
    assert report.notes == (note,)


@pytest.mark.parametrize(
    ("mode", "fault"),
    [
        (Mode.WRONG_NONCE, Fault.WRONG_NONCE),
        (Mode.WRONG_IMPRINT, Fault.WRONG_IMPRINT),
        (Mode.REFUSES, Fault.REFUSED),
        (Mode.GARBAGE, Fault.UNREADABLE),
    ],
)
def test_a_lying_authority_is_named(authority: TimeAuthority, mode: Mode, fault: Fault) -> None:
    assert stamped(authority, mode).fault is fault


def test_a_certificate_that_had_run_out_does_not_stamp(tmp_path: Path) -> None:
    expired = TimeAuthority(tmp_path / "expired", days=-30)
    assert stamped(expired, Mode.GOOD).fault is Fault.EXPIRED


def test_another_authoritys_token_could_not_be_checked_and_its_root_is_named(
    reply: bytes, tmp_path: Path
) -> None:
    other = TimeAuthority(tmp_path / "other")
    report = check_reply(reply, Expected(CONTENT, read_roots(other.root)))
    assert report.fault is Fault.UNTRUSTED
    assert report.detail == "CN=Invented TSA Root"
    assert check_reply(reply, Expected(CONTENT, usual_roots())).fault is Fault.UNTRUSTED
    assert check_reply(reply, Expected(CONTENT, [])).fault is Fault.UNTRUSTED


def test_a_root_of_the_same_name_is_not_the_root(reply: bytes, tmp_path: Path) -> None:
    namesake = TimeAuthority(tmp_path / "namesake", name="Invented TSA")
    report = check_reply(reply, Expected(CONTENT, read_roots(namesake.root)))
    assert report.fault is Fault.UNTRUSTED


def test_another_content_is_not_what_was_stamped(
    reply: bytes, roots: list[x509.Certificate]
) -> None:
    assert check_reply(reply, Expected(CONTENT + b" ", roots)).fault is Fault.WRONG_IMPRINT


@given(place=st.integers(0, 5000), change=st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_a_changed_byte_breaks_it_or_changes_nothing_that_is_signed(
    reply: bytes, roots: list[x509.Certificate], place: int, change: int
) -> None:
    """Some bytes of a reply are under no signature (its status words, unused certificates)."""
    changed = bytearray(reply)
    changed[place % len(reply)] ^= change
    expected = Expected(CONTENT, roots, openssl=False)
    report = check_reply(bytes(changed), expected)
    if report.fault is None:
        good = read_reply(reply)
        assert read_reply(bytes(changed)).statement == good.statement
        assert read_reply(bytes(changed)).signature.attributes == good.signature.attributes
        assert report.moment == good.moment


@given(st.binary(max_size=400))
def test_any_bytes_are_answered_with_a_fault(content: bytes) -> None:
    report = check_reply(content, Expected(CONTENT, [], openssl=False))
    assert report.fault in {Fault.UNREADABLE, Fault.REFUSED}


def test_openssl_has_a_veto(reply: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were our own reading of certificates wrong, openssl would still say no."""
    monkeypatch.setattr(chains, "chain_to", lambda *_arguments: [usual_roots()[0]])
    report = check_reply(reply, Expected(CONTENT, usual_roots()))
    assert report.fault is Fault.OPENSSL
    assert report.detail


def test_without_openssl_that_is_noted(
    reply: bytes, roots: list[x509.Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    report = check_reply(reply, Expected(CONTENT, roots))
    assert report.fault is None
    assert report.notes == (Note.NO_OPENSSL,)


def test_an_openssl_that_hangs_is_not_a_verdict(
    reply: bytes, roots: list[x509.Certificate], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_arguments: object, **_named: object) -> None:
        raise subprocess.TimeoutExpired("openssl", 20)

    monkeypatch.setattr(subprocess, "run", hang)
    assert check_reply(reply, Expected(CONTENT, roots)).notes == (Note.NO_OPENSSL,)


def test_what_openssl_asks_is_what_we_ask(tmp_path: Path) -> None:
    """Our request is the one that `openssl ts -query` understands: nonce, SHA-256, certificate."""
    (tmp_path / "x.tsq").write_bytes(request(hashlib.sha256(CONTENT).digest()))
    done = subprocess.run(
        ["openssl", "ts", "-query", "-in", "x.tsq", "-text"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Hash Algorithm: sha256" in done.stdout
    assert "Certificate required: yes" in done.stdout
    assert "Nonce: 0x" in done.stdout


def test_two_requests_have_two_nonces() -> None:
    digest = hashlib.sha256(CONTENT).digest()
    assert read_request(request(digest)).nonce != read_request(request(digest)).nonce
    assert read_request(request(digest)).imprint == digest


def test_a_web_servers_certificate_may_not_stamp(roots: list[x509.Certificate]) -> None:
    assert not may_stamp(roots[0])
    assert not any(may_stamp(one) for one in usual_roots())
