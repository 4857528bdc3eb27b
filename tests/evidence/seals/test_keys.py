"""Keys: made on first use, protected if the user wishes, exported, rotated, and sometimes lost."""

import hashlib
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sealed_stores import Ticking, broken, checked, manifests, page, sealer, unchecked

from habeas.errors import KeyLocked, KeyLost, KeyRefused
from habeas.evidence import Store
from habeas.evidence.checks import Result
from habeas.evidence.seals import keyfile
from habeas.evidence.seals.chain import Sealer
from habeas.evidence.seals.keys import (
    KeyRing,
    fingerprint_of_pem,
    in_groups,
    passphrase_of_environment,
    raw_public_key,
)
from habeas.evidence.stamps.authorities import Promise


@pytest.fixture(autouse=True)
def _quick_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyfile, "_N", 2**10)


def ring(folder: Path, passphrase: str = "") -> KeyRing:
    return KeyRing(folder / "keys", lambda: passphrase)


def test_the_first_use_makes_a_key_that_later_uses_find(tmp_path: Path) -> None:
    first = ring(tmp_path).current()
    assert ring(tmp_path).current().fingerprint == first.fingerprint
    (known,) = ring(tmp_path).known()
    assert known.current
    assert not known.protected
    assert known.path.name == f"{first.fingerprint}.key"
    for path in [tmp_path / "keys", *(tmp_path / "keys").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_several_processes_that_begin_at_once_make_one_key(tmp_path: Path) -> None:
    child = (
        "from pathlib import Path\n"
        "from habeas.evidence.seals.keys import KeyRing\n"
        f"print(KeyRing(Path({str(tmp_path / 'keys')!r}), lambda: '').current().fingerprint)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE) for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert len(ring(tmp_path).known()) == 1


def test_the_fingerprint_is_what_openssl_says(tmp_path: Path) -> None:
    signer = ring(tmp_path).current()
    (tmp_path / "public.pem").write_text(signer.pem)
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", "public.pem", "-outform", "DER"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    ).stdout
    assert hashlib.sha256(der).hexdigest() == signer.fingerprint
    assert fingerprint_of_pem(signer.pem.encode()) == signer.fingerprint
    found = raw_public_key(signer.pem.encode())
    assert found is not None
    assert found[0] == signer.fingerprint
    assert raw_public_key(signer.ecdsa_pem.encode()) is None
    assert raw_public_key(b"no key") is None


def test_the_companion_signs_as_wacz_auth_asks(tmp_path: Path) -> None:
    signer = ring(tmp_path).current()
    key = load_pem_public_key(signer.ecdsa_pem.encode())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    key.verify(signer.sign_ecdsa(b"hash"), b"hash", ec.ECDSA(hashes.SHA256()))


def test_a_fingerprint_is_shown_in_groups() -> None:
    assert in_groups("ab12" * 16) == " ".join(["AB12"] * 16)


# --- passphrases ---------------------------------------------------------------------------------


def test_a_protected_key_needs_its_passphrase(tmp_path: Path) -> None:
    signer = ring(tmp_path, "correct horse").current()
    assert ring(tmp_path, "correct horse").current().fingerprint == signer.fingerprint
    for wrong in ("", "wrong"):
        with pytest.raises(KeyLocked) as caught:
            ring(tmp_path, wrong).current()
    assert "is protected, and this passphrase does not open it" in str(caught.value)
    assert str(caught.value).endswith("in a file that HABEAS_PASSPHRASE_FILE names.")


def test_protecting_and_unprotecting_keeps_the_key(tmp_path: Path) -> None:
    fingerprint = ring(tmp_path).current().fingerprint
    ring(tmp_path).protect("new words")
    assert ring(tmp_path).known()[0].protected
    with pytest.raises(KeyLocked):
        ring(tmp_path).current()
    ring(tmp_path, "new words").protect("")
    assert ring(tmp_path).current().fingerprint == fingerprint


def test_openssl_opens_a_protected_key_with_one_line_of_python(tmp_path: Path) -> None:
    """The user must be able to get at their key without habeas."""
    signer = ring(tmp_path, "correct horse").current()
    path = ring(tmp_path).known()[0].path
    text = path.read_text("ascii")
    found = re.search(r"^scrypt n=(\d+) r=(\d+) p=(\d+) salt=([0-9a-f]+)$", text, re.MULTILINE)
    assert found is not None
    n, r, p = (int(found[place]) for place in (1, 2, 3))
    salt = bytes.fromhex(found[4])
    secret = hashlib.scrypt(b"correct horse", salt=salt, n=n, r=r, p=p, dklen=32).hex()
    done = subprocess.run(
        ["openssl", "pkey", "-in", str(path), "-passin", f"pass:{secret}", "-pubout"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == signer.pem


def test_the_stretching_is_dear_enough_outside_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert keyfile._N * keyfile._R * 128 >= 64 * 1024 * 1024


def test_the_passphrase_comes_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HABEAS_PASSPHRASE", "from the environment")
    assert passphrase_of_environment() == "from the environment"
    (tmp_path / "words").write_text("калидвожа\r\nnot this line\n", "utf-8")
    monkeypatch.setenv("HABEAS_PASSPHRASE_FILE", str(tmp_path / "words"))
    assert passphrase_of_environment() == "калидвожа"
    monkeypatch.setenv("HABEAS_PASSPHRASE_FILE", str(tmp_path / "missing"))
    with pytest.raises(KeyRefused):
        passphrase_of_environment()


# --- export and import ---------------------------------------------------------------------------


def test_an_exported_key_works_on_another_computer(tmp_path: Path) -> None:
    signer = ring(tmp_path / "here").current()
    ring(tmp_path / "here").export(signer.fingerprint, tmp_path / "usb.key", "for the way")
    elsewhere = ring(tmp_path / "there")
    with pytest.raises(KeyLocked):
        elsewhere.adopt(tmp_path / "usb.key", "wrong")
    assert elsewhere.adopt(tmp_path / "usb.key", "for the way") == signer.fingerprint
    assert elsewhere.current().sign(b"x") == signer.sign(b"x")
    # A second time is no harm.
    assert elsewhere.adopt(tmp_path / "usb.key", "for the way") == signer.fingerprint


def test_an_export_overwrites_nothing(tmp_path: Path) -> None:
    signer = ring(tmp_path).current()
    (tmp_path / "x").write_text("mine")
    with pytest.raises(KeyRefused):
        ring(tmp_path).export(signer.fingerprint, tmp_path / "x", "")
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no key at all",
        b"habeas key " + b"a" * 64 + b"\n",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" * 2,
        b"x" * (keyfile.LARGEST_FILE + 1),
    ],
)
def test_what_is_no_key_is_not_taken_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(KeyRefused):
        ring(tmp_path).adopt(tmp_path / "x")
    assert ring(tmp_path).known() == []


def test_a_file_that_holds_another_key_than_it_says_is_refused(tmp_path: Path) -> None:
    content = keyfile.written(keyfile.new_pair(), "")
    other = keyfile.fingerprint(keyfile.new_pair().ed25519).encode()
    lying = re.sub(rb"habeas key [0-9a-f]{64}", b"habeas key " + other, content)
    (tmp_path / "x").write_bytes(lying)
    with pytest.raises(KeyRefused, match="other keys than it says"):
        ring(tmp_path).adopt(tmp_path / "x")


def test_a_key_file_that_asks_for_all_memory_is_refused(tmp_path: Path) -> None:
    content = keyfile.written(keyfile.new_pair(), "words")
    (tmp_path / "x").write_bytes(re.sub(rb"scrypt n=\d+", b"scrypt n=99999999", content))
    with pytest.raises(KeyRefused, match="scrypt beyond reason"):
        ring(tmp_path).adopt(tmp_path / "x", "words")


# --- rotation and loss ---------------------------------------------------------------------------


def test_a_rotation_is_chained_into_the_log_by_the_old_key(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    store.keep(page(b"before"))
    old = ring(tmp_path).current().fingerprint
    new = ring(tmp_path).rotate().fingerprint
    store = Store(tmp_path / "store", sealer(tmp_path, now=Ticking(store.chain.sealer.now())))
    store.keep(page(b"after"))
    first, _before, rotation, after = manifests(store.folder)
    assert first["key"]["fingerprint"] == old  # type: ignore[index]
    assert rotation["key"]["fingerprint"] == old  # type: ignore[index]
    assert rotation["item"]["fingerprint"] == new  # type: ignore[index]
    assert rotation["item"]["reason"] == "rotation"  # type: ignore[index]
    assert after["key"]["fingerprint"] == new  # type: ignore[index]
    assert broken(store.folder) == set()
    found = checked(store.folder, signers={old})["seal.signer"]
    assert found.result is Result.HELD
    assert (store.folder / "seals" / "keys" / f"{new}.pem").exists()


def test_with_a_lost_key_nothing_is_written_and_the_user_learns_what_to_do(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    store.keep(page(b"before"))
    lost = ring(tmp_path).current().fingerprint
    before = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    other = Sealer(KeyRing(tmp_path / "new computer", lambda: ""), Ticking(), Promise(0, 0))
    with pytest.raises(KeyLost) as caught:
        Store(store.folder, other).ready()
    assert str(caught.value) == (
        f"The signing key {lost[:16]} is not in {tmp_path / 'new computer'}. Everything sealed "
        "with it stays valid and can be checked. Nothing was asked. Bring it back with `habeas "
        "keys import FILE` if you exported it. If it is lost for good, `habeas keys replace "
        "FOLDER` goes on with a new key and says so in the log of that folder."
    )
    with pytest.raises(KeyLost):
        Store(store.folder, other).keep(page(b"not kept"))
    after = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    assert {path: c for path, c in after.items() if path.name != "writing"} == {
        path: c for path, c in before.items() if path.name != "writing"
    }


def test_a_lost_key_is_replaced_openly(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", sealer(tmp_path))
    store.keep(page(b"before"))
    old = ring(tmp_path).current().fingerprint
    other = Sealer(KeyRing(tmp_path / "new computer", lambda: ""), Ticking(), Promise(0, 0))
    again = Store(store.folder, other)
    again.chain.replace_key()
    again.keep(page(b"after"))
    new = other.keys.current().fingerprint
    assert broken(store.folder) <= {"seal.times"}
    # The old key cannot vouch for the new one, and the check does not pretend that it can.
    assert "seal.signer" in unchecked(store.folder, signers={old})
    assert checked(store.folder, signers={old, new})["seal.signer"].result is Result.HELD
    meaning = checked(store.folder, signers={old})["seal.signer"].meaning
    assert "because the old one was lost" in meaning


def test_a_locked_key_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    KeyRing(tmp_path / "keys", lambda: "words").current()
    locked = Sealer(KeyRing(tmp_path / "keys", lambda: "wrong"), Ticking(), Promise(0, 0))
    with pytest.raises(KeyLocked):
        Store(tmp_path / "store", locked).ready()
    assert not (tmp_path / "store").exists()
