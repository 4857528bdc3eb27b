"""The certificates that a server sent, from the very connection that carried the answer.

A chain fetched by a second connection proves nothing about the first.
"""

import ssl
from collections.abc import Sequence
from typing import Protocol, cast


class _Certificate(Protocol):
    def public_bytes(self, form: int, /) -> bytes: ...


class _Handshake(Protocol):
    def get_unverified_chain(self) -> Sequence[_Certificate] | None: ...


# The value of _ssl.ENCODING_DER; the name is private in Python 3.11 and 3.12.
_DER = 2


def sent_chain(connection: ssl.SSLSocket) -> tuple[tuple[bytes, ...], str]:
    """Return the certificates as sent (DER, leaf first), and how they were obtained.

    "Unverified" in Python's name for this means: as sent, not as completed by the verifier. It
    switches nothing off. It works after a failed verification too (OpenSSL 3), so that a record
    can show which certificate was refused.
    """
    public = getattr(connection, "get_unverified_chain", None)
    if public is not None:
        sent = cast("Sequence[bytes] | None", public())
        return tuple(sent or ()), _note(sent)
    handshake = cast("_Handshake | None", getattr(connection, "_sslobj", None))
    if handshake is not None and hasattr(handshake, "get_unverified_chain"):
        chain = handshake.get_unverified_chain() or ()
        return tuple(bytes(one.public_bytes(_DER)) for one in chain), _note(chain)
    try:
        leaf = connection.getpeercert(binary_form=True)
    except ValueError:
        leaf = None
    if leaf:
        return (leaf,), "only the server's own certificate: this Python does not give the others"
    return (), _note(())


def _note(chain: Sequence[object] | None) -> str:
    if chain:
        return "as sent by the server on this connection"
    return "not available: the handshake ended before the server's certificates were kept"
