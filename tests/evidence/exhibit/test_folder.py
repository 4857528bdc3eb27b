"""Exhibits: what a lawyer takes along, whole, without names outside, and not written over."""

import errno
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sealed import NAME, NOW, Ground, build, by_stranger, page, sealer_in

from habeas.errors import EvidenceNotWritten, NothingToExhibit
from habeas.evidence import Exchange, Store
from habeas.evidence.exhibit.facts import CaptureFacts
from habeas.evidence.exhibit.folder import Plan, make_exhibit
from habeas.evidence.seals.log import rows
from habeas.evidence.seals.rows import Custody, Seal

Make = Callable[..., Exchange]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, exchange: Make) -> Ground:
    return build(tmp_path_factory.mktemp("exhibits") / "honest", exchange)


def _texts(exhibit: Path) -> bytes:
    return b"".join(one.read_bytes() for one in exhibit.rglob("*") if one.is_file())


def test_an_exhibit_holds_what_a_lawyer_and_a_stranger_need(ground: Ground) -> None:
    folder = ground.exhibit.folder
    code = ground.exhibit.exhibit_id[:8]
    names = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    assert names == {
        "READ-ME.txt",
        "verify.py",
        f"{code}.wacz",
        f"{code}-en.pdf",
        "seal/manifest.json",
        "seal/signature.bin",
        f"seal/{ground.signer}.pem",
    }
    assert ground.exhibit.archive.name == f"exhibit-{code}.zip"


def test_names_of_files_tell_nobody_whom_it_is_about(ground: Ground) -> None:
    for path in (ground.exhibit.folder, *ground.exhibit.folder.rglob("*"), ground.exhibit.archive):
        assert re.fullmatch(r"[-0-9a-zA-Z.]+", path.name)
        assert NAME.split(" ", maxsplit=1)[0] not in path.name


def test_files_are_for_the_user_alone(ground: Ground) -> None:
    for path in (ground.exhibit.archive, *ground.exhibit.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_other_captures_do_not_leak_into_an_exhibit(ground: Ground) -> None:
    """The digest of a public page, known to who can fetch it, would tell whom else we watch."""
    log = [row for row in rows(ground.store / "seals" / "log") if isinstance(row, Seal)]
    chosen = {one.file for one in ground.exhibit.captures}
    others = [row for row in log if row.kind == "capture" and row.file not in chosen]
    assert len(others) == 2
    content = _texts(ground.exhibit.folder)
    for seal in others:
        assert str(seal.item["sha256"]).encode() not in content
        assert seal.file.encode() not in content


def test_the_custody_log_says_that_it_was_exported(ground: Ground) -> None:
    log = [row for row in rows(ground.store / "seals" / "log") if isinstance(row, Custody)]
    exported = [row for row in log if row.event == "exported"]
    assert {row.detail["exhibit"] for row in exported} == {ground.exhibit.exhibit_id}
    assert {row.item for row in exported} >= {one.file for one in ground.exhibit.captures}


def test_the_sheet_speaks_four_languages_and_warns_of_itself(ground: Ground) -> None:
    sheet = (ground.exhibit.folder / "READ-ME.txt").read_text("utf-8")
    for words in ("English", "Русский", "Тоҷикӣ", "Oʻzbekcha", "not from this\nfolder"):
        assert words in sheet
    assert "python3 verify.py --signer" in sheet


def test_a_stranger_checks_it_with_openssl_alone(ground: Ground, tmp_path: Path) -> None:
    """The commands of the sheet, run as they stand, elsewhere, with an empty environment."""
    shutil.copytree(ground.exhibit.folder, tmp_path / "e")
    sheet = (tmp_path / "e" / "READ-ME.txt").read_text("utf-8")
    commands = sheet.partition("openssl\n=======\n\n")[2].partition("\n\nSHA-256")[0]
    commands = commands.replace("ROOT-OF-THE-AUTHORITY.pem", str(ground.roots))
    done = subprocess.run(
        ["/bin/sh", "-e", "-c", commands],
        cwd=tmp_path / "e",
        env={"PATH": "/usr/local/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seals = len(ground.exhibit.captures) + 3  # two notes of decoding, one picture
    assert done.stdout.count("Signature Verified Successfully") == seals + 1
    assert ground.signer in done.stdout
    assert (done.stdout + done.stderr).count("Verification: OK") == 2
    manifest = json.loads((tmp_path / "e" / "seal" / "manifest.json").read_bytes())
    package = next(one for one in manifest["item"]["files"] if one["file"].endswith(".wacz"))
    assert package["sha256"] in done.stdout


def test_a_second_exhibit_of_the_same_captures_is_another_one(
    ground: Ground, tmp_path: Path
) -> None:
    copy = ground.copied(tmp_path / "copy")
    store = Store(copy.store, sealer_in(copy.folder))
    paths = [copy.store / one.file for one in copy.exhibit.captures]
    plan = Plan(tmp_path / "out", ("ru",), now=lambda: NOW)
    second = make_exhibit(store.chain, paths, plan)
    assert second.exhibit_id != ground.exhibit.exhibit_id
    verdict = by_stranger(second.archive, ground)
    assert (verdict.code, verdict.broken) == (0, frozenset()), verdict.said


def test_a_failed_attempt_can_be_shown_as_well(
    exchange: Make, tmp_path: Path, ground: Ground
) -> None:
    """That a court could not be reached is a fact that may matter."""
    from habeas.evidence import Failure, FailureCode

    store = Store(tmp_path / "store", sealer_in(ground.folder))
    failed = replace(
        exchange(b""),
        response=b"",
        status=None,
        complete=False,
        failure=Failure(FailureCode.TIMEOUT, "no answer"),
    )
    kept = store.keep(failed)
    made = make_exhibit(store.chain, [kept.path], Plan(tmp_path / "out", ("en",)))
    assert by_stranger(made.folder, ground).broken == frozenset()


def test_what_is_not_sealed_is_not_exhibited(ground: Ground, tmp_path: Path) -> None:
    store = Store(ground.store, sealer_in(ground.folder))
    plan = Plan(tmp_path / "out", ("en",))
    outside = tmp_path / "x.warc.gz"
    outside.write_bytes(b"x")
    for path in (outside, ground.store / "seals" / "store.json"):
        with pytest.raises(NothingToExhibit, match="is not a capture in a store of habeas"):
            make_exhibit(store.chain, [path], plan)
    assert not list((tmp_path / "out").iterdir())


def test_a_failure_on_the_way_leaves_no_half_exhibit(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    copy = ground.copied(tmp_path / "copy")
    store = Store(copy.store, sealer_in(copy.folder))
    monkeypatch.setattr("habeas.evidence.exhibit.document.paper", full)
    path = copy.store / copy.exhibit.captures[0].file
    with pytest.raises(EvidenceNotWritten, match="No space left"):
        make_exhibit(store.chain, [path], Plan(tmp_path / "out", ("en",)))
    assert not list((tmp_path / "out").iterdir())
    assert by_stranger(copy.store, copy).broken == frozenset()


def test_what_a_reader_of_pages_adds_is_told(exchange: Make, tmp_path: Path) -> None:
    seen: list[CaptureFacts] = []
    store = Store(tmp_path / "store", sealer_in(tmp_path))
    kept = store.keep(exchange(page()))

    def prepare(one: CaptureFacts) -> CaptureFacts:
        seen.append(one)
        return one

    made = make_exhibit(store.chain, [kept.path], Plan(tmp_path / "out", ("en",), prepare))
    assert seen[0].recorded.payload == page()
    assert seen[0].tls["version"] == "TLSv1.3"
    assert seen[0].request.startswith("GET /list HTTP/1.1")
    assert made.captures == tuple(seen)
