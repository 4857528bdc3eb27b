"""The chain of a connection, by whatever this Python offers for it."""

from typing import TYPE_CHECKING, cast

from habeas.fetch.certificates import sent_chain

if TYPE_CHECKING:
    from ssl import SSLSocket


class _Handshake:
    def __init__(self, chain: list["_Certificate"] | None) -> None:
        self._chain = chain

    def get_unverified_chain(self) -> list["_Certificate"] | None:
        return self._chain


class _Certificate:
    def public_bytes(self, form: int) -> bytes:
        assert form == 2
        return b"private"


class _Public:
    def get_unverified_chain(self) -> list[bytes]:
        return [b"leaf", b"middle"]


class _Private:
    def __init__(self, chain: list[_Certificate] | None) -> None:
        self._sslobj = _Handshake(chain)


class _Bare:
    def __init__(self, leaf: bytes | None) -> None:
        self._leaf = leaf

    def getpeercert(self, *, binary_form: bool) -> bytes | None:
        assert binary_form
        if self._leaf == b"too early":
            raise ValueError
        return self._leaf


def _chain(connection: object) -> tuple[tuple[bytes, ...], str]:
    return sent_chain(cast("SSLSocket", connection))


def test_the_public_way_of_newer_pythons() -> None:
    assert _chain(_Public()) == (
        (b"leaf", b"middle"),
        "as sent by the server on this connection",
    )


def test_the_private_way_of_older_ones() -> None:
    assert _chain(_Private([_Certificate()]))[0] == (b"private",)
    chain, note = _chain(_Private(None))
    assert chain == ()
    assert note.startswith("not available")


def test_at_least_the_certificate_of_the_server() -> None:
    chain, note = _chain(_Bare(b"leaf"))
    assert chain == (b"leaf",)
    assert note.startswith("only the server's own certificate")
    for nothing in (None, b"too early"):
        assert _chain(_Bare(nothing))[0] == ()
