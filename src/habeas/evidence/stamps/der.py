"""A lenient reader of DER and BER: takes what real authorities send, and says only what is there.

Some send sets that are not sorted, long forms of short lengths, or lengths that are not given at
all (X.690, 8.1.3.6). A strict reader refuses these replies; the signatures in them hold all the
same. Nothing is taken on trust here: whoever uses a value checks the signature over its bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_MOST_DEPTH = 32
_MOST_ELEMENTS = 4096


class NotDer(ValueError):
    """The bytes are no DER or BER."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element.

    Attributes:
        tag: the identifier octet: 0x30 a sequence, 0x31 a set, 0xA0 context 0 and so on.
        content: what it holds.
        raw: identifier, length and content as they stand.
    """

    tag: int
    content: bytes
    raw: bytes

    def parts(self) -> list["Element"]:
        """Return the elements inside.

        Raises:
            NotDer: it holds none, or they are damaged.
        """
        found: list[Element] = []
        for element in elements(self.content):
            found.append(element)
            if len(found) > _MOST_ELEMENTS:
                raise NotDer("too many elements")
        return found

    def whole(self) -> int:
        """Return the value of an INTEGER."""
        if self.tag != 0x02 or not self.content:
            raise NotDer("no integer")
        return int.from_bytes(self.content, "big", signed=True)

    def oid(self) -> str:
        """Return the dotted form of an OBJECT IDENTIFIER."""
        if self.tag != 0x06 or not self.content or self.content[-1] & 0x80:
            raise NotDer("no object identifier")
        values: list[int] = []
        value = 0
        for octet in self.content:
            value = value << 7 | octet & 0x7F
            if not octet & 0x80:
                values.append(value)
                value = 0
        first = min(values[0] // 40, 2)
        return ".".join(str(one) for one in (first, values[0] - 40 * first, *values[1:]))


def only(content: bytes, tag: int = 0x30) -> Element:
    """Return the one element that the bytes are.

    Raises:
        NotDer: they are something else, or something follows.
    """
    element, end = _element(content, 0, 0)
    if end != len(content) or element.tag != tag:
        raise NotDer("not the element that was expected")
    return element


def elements(content: bytes) -> Iterator[Element]:
    """Yield the elements that stand one after another in the bytes."""
    place = 0
    while place < len(content):
        element, place = _element(content, place, 0)
        yield element


def _element(content: bytes, start: int, depth: int) -> tuple[Element, int]:
    if depth > _MOST_DEPTH or len(content) - start < 2:
        raise NotDer("cut short")
    tag, length = content[start], content[start + 1]
    if tag & 0x1F == 0x1F:
        raise NotDer("a tag of several octets")
    place = start + 2
    if length == 0x80:
        return _unbounded(content, start, depth)
    if length & 0x80:
        octets = length & 0x7F
        if octets > 4:
            raise NotDer("too long")
        length = int.from_bytes(content[place : place + octets], "big")
        place += octets
    if place + length > len(content):
        raise NotDer("cut short")
    end = place + length
    return Element(tag, content[place:end], content[start:end]), end


def _unbounded(content: bytes, start: int, depth: int) -> tuple[Element, int]:
    """Read an element that ends with two zero octets instead of having a length."""
    tag = content[start]
    if not tag & 0x20:
        raise NotDer("a primitive without length")
    place = start + 2
    while content[place : place + 2] != b"\0\0":
        _inner, place = _element(content, place, depth + 1)
    return Element(tag, content[start + 2 : place], content[start : place + 2]), place + 2


def octets(element: Element) -> bytes:
    """Return the bytes of an OCTET STRING, also of one that comes in pieces (X.690, 8.7.3)."""
    if element.tag == 0x04:
        return element.content
    if element.tag == 0x24:
        return b"".join(octets(piece) for piece in element.parts())
    raise NotDer("no octet string")
