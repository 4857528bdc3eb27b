"""Replies of a real authority hold; each way of lying is named; three readers are asked."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from time_authority import Leaf, Mode, TimeAuthority

from habeas.evidence.stamps.authorities import read_roots
from habeas.evidence.stamps.tokens import read_reply, read_request, request
from habeas.evidence.stamps.trusting import Expected, Fault, Note, TokenReport, check_reply

CONTENT = b'{"an":"invented manifest"}'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimeAuthority]:
    yield TimeAuthority(tmp_path_factory.mktemp("tsa"))


def stamped(authority: TimeAuthority, mode: Mode, content: bytes = CONTENT) -> TokenReport:
    query = request(hashlib.sha256(content).digest())
    reply = authority.reply(query, mode)
    nonce = read_request(query).nonce
    return check_reply(reply, Expected(content, read_roots(authority.root), nonce))


def test_a_good_reply_holds_for_all_three_readers(authority: TimeAuthority) -> None:
    report = stamped(authority, Mode.GOOD)
    assert report.fault is None, report
    assert report.authority == "Invented TSA"
    assert report.notes == ()
    assert report.expires is not None
    assert report.moment is not None
    assert report.moment < report.expires
