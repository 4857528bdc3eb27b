"""The wrapped key: what opens it, what does not, and files that make no sense."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import PassphraseRefused, PassphraseWrong, VaultBroken
from habeas.vault import keys
from habeas.vault.keys import RECOVERY, Secrets, new_recovery_key, new_vault, read_vault

SECRETS = Secrets("AGE-SECRET-KEY-1INVENTED", "ab" * 32)
WORDS = "четыре слова из песни"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_N", 2**10)


def _vault() -> keys.Vault:
    return new_vault(SECRETS, WORDS, "AAAAA-BBBBB-CCCCC")


def test_the_stretching_is_dear_enough_outside_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert keys._N * keys._R * 128 >= 64 * 1024 * 1024


def test_both_open_it_and_the_file_holds_neither_them_nor_the_key() -> None:
    content = _vault().as_bytes()
    found = read_vault(content, "vault.json")
    assert found.opened(WORDS) == SECRETS
    assert found.opened("aaaaa bbbbb ccccc", RECOVERY) == SECRETS
    for secret in (WORDS, "AAAAA", SECRETS.age, SECRETS.database):
        assert secret.encode() not in content


def test_letters_that_a_keyboard_composes_otherwise_are_the_same() -> None:
    vault = new_vault(SECRETS, "й long enough", "AAAAA-BBBBB-CCCCC")
    assert vault.opened("и\u0306 long enough") == SECRETS


@pytest.mark.parametrize("words", ["", WORDS.upper(), WORDS + " ", "AAAAA-BBBBB-CCCCC"])
def test_what_is_not_the_passphrase_does_not_open_it(words: str) -> None:
    with pytest.raises(PassphraseWrong):
        _vault().opened(words)


def test_a_recovery_key_cannot_be_guessed_and_has_no_letters_that_look_alike() -> None:
    drawn = {new_recovery_key() for _ in range(50)}
    assert len(drawn) == 50
    for one in drawn:
        assert [len(group) for group in one.split("-")] == [5] * 6
        assert not set(one) & set("01IO")
    assert 30 * 5 >= 128  # bits: 32 signs, 30 of them


def test_each_wrap_has_its_own_salt_and_nonce() -> None:
    one, two = _vault().wraps, _vault().wraps
    salts = {wrap["scrypt"]["salt"] for wraps in (one, two) for wrap in wraps.values()}
    nonces = {wrap["nonce"] for wraps in (one, two) for wrap in wraps.values()}
    assert len(salts) == len(nonces) == 4


def test_short_ones_are_refused() -> None:
    with pytest.raises(PassphraseRefused) as caught:
        new_vault(SECRETS, "123456789", "AAAAA-BBBBB-CCCCC")
    assert str(caught.value) == (
        "The passphrase is too short: it needs at least 10 characters. Nothing was changed. Take "
        "four or five words that do not belong together."
    )


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("format",), "habeas vault 2"),
        (("state",), "odd"),
        (("wraps",), None),
        (("wraps", 0, "box"), "zz"),
        (("wraps", 0, "scrypt", "n"), 2**40),
        (("wraps", 0, "scrypt", "n"), 0),
        (("wraps", 0, "scrypt"), []),
    ],
)
def test_a_file_that_makes_no_sense_is_told(place: tuple[str | int, ...], value: object) -> None:
    content = json.loads(_vault().as_bytes())
    inner = content
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(VaultBroken, match="Put back this one file"):
        read_vault(json.dumps(content).encode(), "vault.json").opened(WORDS)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_vault_or_are_told(content: bytes) -> None:
    with pytest.raises(VaultBroken):
        read_vault(content, "vault.json")


def test_a_changed_byte_of_the_box_opens_nothing(tmp_path: Path) -> None:
    content = json.loads(_vault().as_bytes())
    box = bytearray.fromhex(content["wraps"][0]["box"])
    box[7] ^= 1
    content["wraps"][0]["box"] = box.hex()
    (tmp_path / keys.FILE).write_text(json.dumps(content))
    found = keys.at(tmp_path)
    assert found is not None
    with pytest.raises(PassphraseWrong):
        found.opened(WORDS)
    assert found.opened("AAAAABBBBBCCCCC", RECOVERY) == SECRETS
