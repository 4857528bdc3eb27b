"""Authorities and calendars on this computer are asked for stamps; nothing but a hash leaves."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from calendar_double import HEIGHT, Calendar
from sealed_stores import broken, checked, filled, log_lines, page, sealer, unchecked
from time_authority import Mode, TimeAuthority

from habeas.evidence import Store
from habeas.evidence.checks import Result
from habeas.evidence.seals.renewing import aging, renew
from habeas.evidence.seals.stampcheck import Trusted
from habeas.evidence.seals.waiting import MOST_GATHERED, gather, pending, ungathered, waiting
from habeas.evidence.stamps.authorities import Authorities, Authority, Promise, read_roots
from habeas.evidence.stamps.tokens import read_request
from habeas.fetch.stamping import Sender, stamp, upgrade

PROMISE = Promise(rfc3161=2, opentimestamps=1)


@dataclass
class World:
    """Two authorities and a calendar that run."""

    one: TimeAuthority
    two: TimeAuthority
    calendar: Calendar
    base: Path

    @property
    def chosen(self) -> Authorities:
        asked = (
            Authority("one", self.one.url, self.one.root),
            Authority("two", self.two.url, self.two.root),
        )
        return Authorities(asked, (self.calendar.url,), PROMISE)

    @property
    def trusted(self) -> Trusted:
        roots = [*read_roots(self.one.root), *read_roots(self.two.root)]
        return Trusted(roots, self.calendar.headers)

    def store(self, count: int = 3) -> Store:
        store = Store(self.base / "store", sealer(self.base, PROMISE, now=_now))  # type: ignore[arg-type]
        for number in range(count):
            store.keep(page(b"page %d" % number))
        return store


def _now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with ExitStack() as stack:
        one = stack.enter_context(TimeAuthority(tmp_path / "one", name="First TSA"))
        two = stack.enter_context(TimeAuthority(tmp_path / "two", name="Second TSA"))
        yield World(one, two, stack.enter_context(Calendar()), tmp_path)


def _events(store: Store, event: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in log_lines(store.folder)]
    return [row["detail"] for row in rows if row.get("event") == event]


def test_one_gathering_is_stamped_for_all_new_seals(world: World) -> None:
    store = world.store()
    outcome = stamp(store.chain, world.chosen)
    assert (outcome.obtained, outcome.failed) == (3, [])
    assert len(world.one.asked) == len(world.two.asked) == len(world.calendar.asked) == 1
    checks = checked(store.folder, trusted=world.trusted)
    assert checks["stamp.required"].result is Result.HELD
    assert checks["stamp.required"].meaning == (
        "All 5 seals have the outside timestamps that they must have."
    )
    assert checks["stamp.rfc3161"].result is Result.HELD
    assert checks["stamp.opentimestamps"].result is Result.COULD_NOT_CHECK
    assert broken(store.folder, trusted=world.trusted) == set()


def test_what_leaves_is_a_hash_and_nothing_of_the_page(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    (folder,) = (store.folder / "seals" / "stamps").iterdir()
    manifest = (folder / "manifest.json").read_bytes()
    (asked,) = world.one.asked
    assert read_request(asked).imprint == hashlib.sha256(manifest).digest()
    assert len(asked) < 80
    (told,) = world.calendar.asked
    assert told != hashlib.sha256(manifest).digest()
    assert len(told) == 32
    # The request says only what it is and which program asks.
    assert set(world.one.seen) == {
        "Host", "User-Agent", "Accept", "Accept-Encoding", "Connection", "Content-Type",
        "Content-Length",
    }  # fmt: skip
    assert world.one.seen["User-Agent"].startswith("habeas/")


def test_a_stranger_checks_a_stamped_seal_with_openssl_alone(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    (folder,) = (store.folder / "seals" / "stamps").iterdir()
    reply = next(folder.glob("*-one.tsr"))
    command = ["openssl", "ts", "-verify", "-in", reply.name, "-CAfile", str(world.one.root)]
    for way in (["-queryfile", reply.with_suffix(".tsq").name], ["-data", "manifest.json"]):
        done = subprocess.run([*command, *way], cwd=folder, capture_output=True, check=False)
        assert b"Verification: OK" in done.stdout + done.stderr


def test_nobody_is_asked_without_leave(world: World) -> None:
    store = world.store()
    outcome = stamp(store.chain, Authorities())
    assert (outcome.obtained, outcome.failed) == (0, [])
    assert world.one.asked == []
    assert not (store.folder / "seals" / "stamps").exists()
    assert "stamp.required" in unchecked(store.folder)
    assert "Until these come, only this computer's clock says when." in (
        checked(store.folder)["stamp.required"].meaning
    )


def test_a_single_new_seal_is_stamped_itself(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    before = len(log_lines(store.folder))
    store.keep(page(b"one more"))
    assert stamp(store.chain, world.chosen).obtained == 3
    kinds = [json.loads(line) for line in log_lines(store.folder)[before:]]
    assert not any("gathering" in str(row) for row in kinds)
    assert checked(store.folder)["stamp.required"].result is Result.HELD
    assert stamp(store.chain, world.chosen).obtained == 0


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (Mode.DOWN, "http_503"),
        (Mode.GARBAGE, "unreadable"),
        (Mode.WRONG_NONCE, "wrong_nonce"),
        (Mode.WRONG_IMPRINT, "wrong_imprint"),
        (Mode.REFUSES, "refused"),
        (Mode.SLOW, "timeout"),
    ],
)
def test_an_authority_that_fails_or_lies_is_a_row_and_is_asked_again(
    world: World, mode: Mode, reason: str
) -> None:
    store = world.store()
    world.one.mode = mode
    outcome = stamp(store.chain, world.chosen, Sender(wait_s=1.0))
    assert outcome.obtained == 2
    assert outcome.failed == [("one", reason)]
    (row,) = _events(store, "stamp_failed")
    assert (row["authority"], row["reason"]) == ("one", reason)
    kept = list((store.folder / "seals").rglob("*.refused"))
    assert bool(kept) == (mode not in {Mode.DOWN, Mode.SLOW})
    assert "stamp.required" in unchecked(store.folder, trusted=world.trusted)
    assert broken(store.folder, trusted=world.trusted) == set()
    (one,) = waiting(store.folder / "seals")
    assert one.lacks == 1
    world.one.mode = Mode.GOOD
    assert stamp(store.chain, world.chosen).obtained == 1
    assert list(waiting(store.folder / "seals")) == []
    assert "stamp.required" not in unchecked(store.folder, trusted=world.trusted)


def test_an_authority_with_an_expired_certificate_is_not_believed(
    world: World, tmp_path: Path
) -> None:
    store = world.store()
    with TimeAuthority(tmp_path / "expired", days=-1) as expired:
        chosen = Authorities((Authority("old", expired.url, expired.root),), (), PROMISE)
        assert stamp(store.chain, chosen).failed == [("old", "expired")]


def test_an_authority_that_is_not_there_does_not_hold_up_the_others(world: World) -> None:
    store = world.store()
    gone = Authority("gone", "http://127.0.0.1:9/tsr", world.one.root)
    chosen = replace(world.chosen, asked=(gone, *world.chosen.asked))
    outcome = stamp(store.chain, chosen)
    assert outcome.failed == [("gone", "refused")]
    assert outcome.obtained == 3


def test_an_authority_that_is_silent_is_asked_once_a_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.evidence.seals.waiting.MOST_GATHERED", 2)
    store = world.store(count=6)
    world.one.mode = Mode.DOWN
    outcome = stamp(store.chain, world.chosen)
    assert [name for name, _reason in outcome.failed] == ["one"]
    assert len(world.two.asked) == 4
    assert len(world.one.asked) == 1


def test_a_seal_in_a_gathering_counts_as_stamped_and_a_changed_list_does_not(
    world: World,
) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    path = store.folder / "seals" / "log" / "00000001.jsonl"
    content = path.read_bytes()
    place = content.index(b'"seals":["') + 10
    path.write_bytes(content[:place] + b"0" * 64 + content[place + 64 :])
    found = broken(store.folder, trusted=world.trusted)
    assert {"seal.signature", "seal.chain"} <= found


def test_a_calendar_completes_a_proof_later_and_the_pending_one_stays(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    assert upgrade(store.chain, world.chosen).confirmed == 0
    world.calendar.mine()
    before = sorted((store.folder / "seals").rglob("*.ots"))
    assert upgrade(store.chain, world.chosen).confirmed == 1
    proofs = sorted((store.folder / "seals").rglob("*.ots"))
    assert len(proofs) == 2
    assert before[0] in proofs
    (row,) = _events(store, "stamp_upgraded")
    assert row["height"] == HEIGHT
    found = checked(store.folder, trusted=world.trusted)["stamp.opentimestamps"]
    assert found.result is Result.HELD
    assert f"block {HEIGHT} of " in found.meaning
    alone = checked(store.folder)["stamp.opentimestamps"]
    assert alone.result is Result.COULD_NOT_CHECK
    assert f"Merkle root of block {HEIGHT}" in alone.meaning
    assert list(pending(store.folder / "seals")) == []


def test_only_calendars_that_the_user_allowed_are_asked(world: World) -> None:
    """A proof could name any address at all."""
    store = world.store()
    stamp(store.chain, world.chosen)
    world.calendar.mine()
    asked = len(world.calendar.paths)
    elsewhere = replace(world.chosen, calendars=("http://127.0.0.1:9",))
    assert upgrade(store.chain, elsewhere).confirmed == 0
    assert len(world.calendar.paths) == asked


def test_a_calendar_that_talks_nonsense_is_a_row(world: World) -> None:
    store = world.store()
    world.calendar.garbage = True
    outcome = stamp(store.chain, world.chosen)
    assert ("unreadable" in dict(outcome.failed).values()) is True
    assert outcome.obtained == 2
    assert not list((store.folder / "seals").rglob("*.ots"))
    world.calendar.garbage = False
    assert stamp(store.chain, world.chosen).obtained == 1


@pytest.mark.parametrize("kind", ["tsr", "ots"])
def test_a_removed_or_changed_stamp_is_missed(world: World, kind: str) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    path = next((store.folder / "seals").rglob(f"*.{kind}"))
    content = path.read_bytes()
    path.unlink()
    assert broken(store.folder, trusted=world.trusted) == {"stamp.kept"}
    assert "not here any more" in checked(store.folder)["stamp.kept"].meaning
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert "stamp.kept" in broken(store.folder, trusted=world.trusted)


def test_a_stamp_moved_to_another_seal_does_not_fit(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    store.keep(page(b"later"))
    stamp(store.chain, world.chosen)
    first, second = sorted((store.folder / "seals" / "stamps").iterdir())
    old = next(first.glob("*-one.tsr"))
    new = next(second.glob("*-one.tsr"))
    new.write_bytes(old.read_bytes())
    assert {"stamp.rfc3161", "stamp.kept"} <= broken(store.folder, trusted=world.trusted)
    assert "for something else" in (
        checked(store.folder, trusted=world.trusted)["stamp.rfc3161"].meaning
    )


def test_stamps_of_another_store_are_not_counted(world: World, tmp_path: Path) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    other, _kept = filled(tmp_path / "other", tmp_path)
    (other.folder / "seals" / "stamps").mkdir()
    (folder,) = (store.folder / "seals" / "stamps").iterdir()
    folder.rename(other.folder / "seals" / "stamps" / folder.name)
    assert "stamp.required" in broken(other.folder, trusted=world.trusted)


def test_a_token_of_an_unknown_root_could_not_be_checked(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    only_one = Trusted(read_roots(world.one.root))
    found = checked(store.folder, trusted=only_one)["stamp.rfc3161"]
    assert found.result is Result.COULD_NOT_CHECK
    assert found.meaning.endswith("CN=Second TSA Root")


def test_the_clock_is_measured_against_the_authority(world: World) -> None:
    store = world.store()
    ahead = timedelta(minutes=10)
    store.chain.sealer.now = lambda: datetime.now(UTC) + ahead
    stamp(store.chain, world.chosen)
    store.keep(page(b"after the measure"))
    manifest = json.loads(log_lines(store.folder)[-1])["manifest"]
    assert abs(manifest["clock"]["offset_ms"] - 600_000) < 3000
    assert manifest["clock"]["offset_by"] in {"one", "two"}


def test_a_kill_between_gathering_and_folder_is_made_up(world: World) -> None:
    store = world.store()
    gather(store.chain)
    (folder,) = (store.folder / "seals" / "stamps").iterdir()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    (gathering,) = ungathered(store.chain)
    assert gathering.kind == "gathering"
    assert stamp(store.chain, world.chosen).obtained == 3
    assert checked(store.folder, trusted=world.trusted)["stamp.required"].result is Result.HELD


def test_many_seals_make_several_gatherings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_GATHERED == 1000
    monkeypatch.setattr("habeas.evidence.seals.waiting.MOST_GATHERED", 3)
    store = world.store(count=7)
    assert len(gather(store.chain)) == 3
    stamp(store.chain, world.chosen)
    assert checked(store.folder, trusted=world.trusted)["stamp.required"].result is Result.HELD
    assert broken(store.folder, trusted=world.trusted) == set()


# --- growing old ---------------------------------------------------------------------------------


def test_stamps_are_renewed_before_their_certificates_run_out(world: World) -> None:
    store = world.store()
    stamp(store.chain, world.chosen)
    seals = store.folder / "seals"
    assert aging(seals, world.trusted) == []
    later = datetime.now(UTC) + timedelta(days=600)
    (due,) = aging(seals, world.trusted, now=later)
    assert due.folder.startswith("seal-")
    renew(store.chain, [due])
    # The renewal counts only when it has stamps of its own.
    assert aging(seals, world.trusted, now=later) != []
    assert stamp(store.chain, world.chosen).obtained == 3
    assert broken(store.folder, trusted=world.trusted) == set()


def test_a_certificate_that_has_run_out_is_told_unless_it_was_renewed_in_time(
    world: World, tmp_path: Path
) -> None:
    with TimeAuthority(tmp_path / "short", days=1, name="Short TSA") as short:
        store = world.store()
        stamp(store.chain, Authorities((Authority("short", short.url, short.root),), (), PROMISE))
        trusted = Trusted([*read_roots(short.root), *world.trusted.roots])
        later = datetime.now(UTC) + timedelta(days=30)
        assert "stamp.renewed" not in checked(store.folder, trusted=trusted)
        found = checked(store.folder, trusted=trusted, now=later)["stamp.renewed"]
        assert found.result is Result.COULD_NOT_CHECK
        assert "a key stolen since could make others" in found.meaning
        renew(store.chain, aging(store.folder / "seals", trusted))
        stamp(store.chain, world.chosen)
        found = checked(store.folder, trusted=trusted, now=later)["stamp.renewed"]
        assert found.result is Result.HELD


def test_a_renewal_with_younger_certificates_ends_the_aging(world: World, tmp_path: Path) -> None:
    with TimeAuthority(tmp_path / "short", days=100, name="Short TSA") as short:
        store = world.store()
        chosen = Authorities((Authority("short", short.url, short.root),), (), PROMISE)
        stamp(store.chain, chosen)
        trusted = Trusted([*read_roots(short.root), *world.trusted.roots])
        seals = store.folder / "seals"
        due = aging(seals, trusted)
        assert len(due) == 1
        renew(store.chain, due)
        stamp(store.chain, world.chosen)
        assert aging(seals, trusted) == []
        assert broken(store.folder, trusted=trusted) == set()


def test_a_certificate_named_by_sha1_is_renewed_early(world: World) -> None:
    store = world.store()
    world.one.mode = world.two.mode = Mode.SHA1_ID
    stamp(store.chain, world.chosen)
    (due,) = aging(store.folder / "seals", world.trusted)
    assert due.weak
    found = checked(store.folder, trusted=world.trusted)["stamp.rfc3161"]
    assert found.result is Result.HELD
    assert "SHA-1" in found.meaning
