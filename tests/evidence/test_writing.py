"""What is kept is whole, said by others too; what fails leaves nothing that looks whole."""

import errno
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from habeas.errors import EvidenceNotWritten, Exit
from habeas.evidence import (
    Decoding,
    Exchange,
    Failure,
    FailureCode,
    Problem,
    Redirect,
    Store,
    Truncation,
    read_facts,
    read_recording,
)

Make = Callable[..., Exchange]


def _by_warcio(path: Path) -> list[Any]:
    """Return (type, headers, block) of each record as warcio reads it."""
    with path.open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read())
            for record in ArchiveIterator(file, no_record_parse=True)
        ]


def _digests_by_warcio(path: Path) -> list[bool | None]:
    """Return whether warcio finds each record's digests to hold."""
    holds: list[bool | None] = []
    with path.open("rb") as file:
        iterator: Any = ArchiveIterator(file, check_digests=True)
        for record in iterator:
            record.raw_stream.read()
            holds.append(record.digest_checker.passed)
    return holds


def test_warcio_reads_every_record_and_all_digests_hold(tmp_path: Path, exchange: Make) -> None:
    kept = Store(tmp_path).keep(exchange())
    records = _by_warcio(kept.path)
    assert [record[0] for record in records] == ["warcinfo", "request", "response", "metadata"]
    assert _digests_by_warcio(kept.path) == [True] * 4
    assert all(record[1]["WARC-Block-Digest"].startswith("sha256:") for record in records)
    info, request, response, facts = (record[1] for record in records)
    assert response["WARC-Payload-Digest"].startswith("sha256:")
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert facts["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-Record-ID"] == f"<{kept.record_id}>"
    assert response["WARC-IP-Address"] == "192.0.2.7"
    assert response["WARC-Date"] == "2026-11-23T14:05:06.123456Z"
    assert info["WARC-Filename"] == kept.path.name


def test_the_bytes_are_kept_as_sent(tmp_path: Path, exchange: Make) -> None:
    made = replace(
        exchange(),
        response=b"HTTP/1.1 200 OK\r\nX-Odd:no  space \r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n0\r\n\r\n",
        payload=b"abc",
    )
    records = _by_warcio(Store(tmp_path).keep(made).path)
    assert records[1][2] == made.request
    assert records[2][2] == made.response


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path, exchange: Make) -> None:
    kept = Store(tmp_path).keep(exchange())
    with kept.path.open("rb") as file:
        iterator: Any = ArchiveIterator(file)
        offsets = [iterator.get_record_offset() for _ in iterator]
    content = kept.path.read_bytes()
    for offset in offsets:
        assert content[offset : offset + 3] == b"\x1f\x8b\x08"
    assert len(offsets) == 4


def test_the_facts_say_everything_that_the_bytes_do_not(tmp_path: Path, exchange: Make) -> None:
    made = replace(
        exchange(), redirects=(Redirect("https://court.example/", 302, "urn:uuid:1"),), by_name=True
    )
    kept = Store(tmp_path).keep(made)
    (found,) = read_facts(kept.path)
    assert found.about == kept.record_id
    facts: Any = found.facts
    assert facts["tool"]["name"] == "habeas"
    assert facts["connection"]["peer"] == "192.0.2.7"
    assert facts["connection"]["tls"]["version"] == "TLSv1.3"
    assert facts["connection"]["tls"]["verified"] is True
    assert facts["connection"]["tls"]["chain_pem"][0].startswith("-----BEGIN CERTIFICATE-----")
    assert facts["connection"]["tls"]["trust"]["bundle_sha256"] == "ab" * 32
    assert facts["timing"]["seconds"] == {"dns": 0.001, "ended": 0.5}
    clock = facts["clock"]
    assert (clock["source"], clock["offset_s"]) == ("this computer's clock", None)
    assert clock["synchronised"] in {True, False, None}
    assert facts["source"] is None
    assert facts["redirects"] == [
        {"url": "https://court.example/", "status": 302, "record": "urn:uuid:1"}
    ]
    assert facts["request"]["purpose"] == "hearings on 24.11.2026"
    assert facts["request"]["by_name"] is True


def test_the_facts_are_written_in_one_fixed_order(tmp_path: Path, exchange: Make) -> None:
    block = _by_warcio(Store(tmp_path).keep(exchange()).path)[3][2].decode()
    assert block == json.dumps(
        json.loads(block), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def test_a_failed_attempt_is_a_record_and_comes_back_as_a_failure(
    tmp_path: Path, exchange: Make
) -> None:
    failed = replace(
        exchange(),
        request=b"",
        response=b"",
        status=None,
        headers=(),
        payload=b"",
        complete=False,
        failure=Failure(FailureCode.DNS, "Name or service not known"),
        obstacle="down",
    )
    kept = Store(tmp_path).keep(failed)
    assert [record[0] for record in _by_warcio(kept.path)] == ["warcinfo", "metadata"]
    (recorded,) = read_recording(kept.path)
    assert recorded.problem is Problem.FAILURE
    assert (recorded.failure, recorded.obstacle) == ("dns", "down")
    assert recorded.explanation == "This attempt failed when it was made (dns); no page came."
    assert recorded.record_id == kept.record_id
    assert not recorded.complete


def test_bytes_that_are_no_http_are_kept_with_the_failure(tmp_path: Path, exchange: Make) -> None:
    failed = replace(
        exchange(), response=b"SSH-2.0\r\n", status=None, failure=Failure(FailureCode.NOT_HTTP)
    )
    kept = Store(tmp_path).keep(failed)
    assert [record[0] for record in _by_warcio(kept.path)] == ["warcinfo", "request", "metadata"]
    (facts,) = read_facts(kept.path)
    assert facts.facts["received_hex"] == b"SSH-2.0\r\n".hex()


def test_a_cut_answer_says_so_in_its_record(tmp_path: Path, exchange: Make) -> None:
    cut = replace(exchange(), complete=False, truncated=Truncation.TIME)
    kept = Store(tmp_path).keep(cut)
    assert _by_warcio(kept.path)[2][1]["WARC-Truncated"] == "time"
    (recorded,) = read_recording(kept.path)
    assert not recorded.complete


def test_a_note_on_decoding_is_a_record_of_its_own(tmp_path: Path, exchange: Make) -> None:
    store = Store(tmp_path)
    made = exchange()
    kept = store.keep(made)
    before = kept.path.read_bytes()
    note = store.annotate(
        kept,
        Decoding("utf-8", "windows-1251", 0),
        moment=made.timing.ended + timedelta(seconds=1),
    )
    assert kept.path.read_bytes() == before
    assert list(read_recording(note.path)) == []
    (found,) = read_facts(note.path)
    assert found.about == kept.record_id
    assert found.facts["decoding"] == {
        "declared": "utf-8",
        "used": "windows-1251",
        "replacements": 0,
    }


def test_file_names_carry_a_time_and_an_id_and_nothing_else(tmp_path: Path, exchange: Make) -> None:
    url = "https://court.example/search?participant=Vymyshlenov"
    kept = Store(tmp_path).keep(exchange(url=url))
    assert kept.path.parent.name == "2026-11-23"
    stem = kept.path.name.removesuffix(".warc.gz")
    time, _, record = stem.partition("-")
    assert time == "20261123T140506123456Z"
    assert kept.record_id.replace("-", "").endswith(record)
    assert kept.place == f"{kept.path}, record {kept.record_id}"


def test_only_the_user_may_read_the_records(tmp_path: Path, exchange: Make) -> None:
    kept = Store(tmp_path / "captures").keep(exchange())
    assert kept.path.stat().st_mode & 0o077 == 0
    assert kept.path.parent.stat().st_mode & 0o077 == 0
    assert kept.path.parent.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("step", ["write", "fsync", "open"])
def test_a_full_disk_is_an_error_and_leaves_no_record(
    tmp_path: Path, exchange: Make, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    store = Store(tmp_path)
    earlier = store.keep(exchange())

    def full(*_arguments: object, **_named: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, step, full)
        with pytest.raises(EvidenceNotWritten) as caught:
            store.keep(exchange())
    assert str(caught.value) == (
        f"The answer could not be recorded in {tmp_path}: No space left on device. "
        "Earlier records are untouched. This answer was not kept and not read. "
        "Free some space or choose another folder, then ask again."
    )
    assert caught.value.exit_code is Exit.COULD_NOT_LOOK
    assert list(tmp_path.rglob("*.warc.gz")) == [earlier.path]
    assert store.unfinished() == []


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits on Windows")
def test_a_limit_of_the_system_on_file_size_is_an_error_too(tmp_path: Path) -> None:
    child = (
        "import resource, signal, sys\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}]\n"
        "from pathlib import Path\n"
        "from conftest import make_exchange\n"
        "from habeas.errors import EvidenceNotWritten\n"
        "from habeas.evidence import Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "try:\n"
        f"    Store(Path({str(tmp_path)!r})).keep(make_exchange())\n"
        "except EvidenceNotWritten:\n"
        "    sys.exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", child], check=False).returncode == 7
    assert list(tmp_path.rglob("*.warc.gz*")) == []


def test_records_of_several_files_may_be_joined(tmp_path: Path, exchange: Make) -> None:
    store = Store(tmp_path)
    one, two = store.keep(exchange()), store.keep(exchange(b"another page"))
    joined = tmp_path / "joined.warc.gz"
    joined.write_bytes(one.path.read_bytes() + two.path.read_bytes())
    assert [found.record_id for found in read_recording(joined)] == [one.record_id, two.record_id]
    assert gzip.decompress(joined.read_bytes()).count(b"WARC-Type: response") == 2
