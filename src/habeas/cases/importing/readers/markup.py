"""XML from strangers: nothing is declared in it, nothing is fetched for it."""

from typing import NoReturn
from xml.parsers import expat

from habeas.errors import FileNotImported
from habeas.language import _

_PIECE = 1 << 16


class _Begun(Exception):
    """The first element is there: what could be declared before it was not."""


def refuse(*_declared: object) -> NoReturn:
    """Refuse a document type: entities, which multiply or fetch, stand nowhere else.

    Raises:
        FileNotImported: always.
    """
    raise FileNotImported(
        _("its XML declares entities, which may hide other files or fill a memory")
    )


def parser() -> expat.XMLParserType:
    """Return a parser that knows namespaces and refuses every document type."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.StartDoctypeDeclHandler = refuse
    made.EntityDeclHandler = refuse
    made.ExternalEntityRefHandler = refuse
    made.buffer_text = True
    return made


def check(start: bytes) -> None:
    """Look at the start of a part of XML.

    Raises:
        FileNotImported: it has a document type, or is no XML.
    """

    def begun(*_element: object) -> NoReturn:
        raise _Begun

    looked = parser()
    looked.StartElementHandler = begun
    try:
        looked.Parse(start, len(start) < _PIECE)
    except _Begun:
        return
    except expat.ExpatError as error:
        raise FileNotImported(_("a part of it is no XML")) from error
    raise FileNotImported(_("a part of it is no XML"))
