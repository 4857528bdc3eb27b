"""Reads the parts of an office file, with limits; an archive is hostile until read."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from xml.parsers import expat

from django.utils.translation import gettext as say

from habeas.errors import NotStripped

MOST_PARTS, MOST_OF_ONE, MOST_OF_ALL = 2000, 40 * 1024 * 1024, 120 * 1024 * 1024


class _DoctypeMetError(Exception):
    pass


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts by name. Sizes are counted while unpacking, for an archive may lie.

    Raises:
        NotStripped: it is broken, locked, unpacks to too much, has a part twice, or holds XML with
            a document type, which can name other files and grow without end.
    """
    found: dict[str, bytes] = {}
    left = MOST_OF_ALL
    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            entries = [one for one in opened.infolist() if not one.is_dir()]
            if len(entries) > MOST_PARTS:
                raise NotStripped(say("it holds too many parts"))
            for entry in entries:
                if entry.filename in found or entry.flag_bits & 1:
                    raise NotStripped(say("it is locked, or holds a part twice"))
                with opened.open(entry) as part:
                    most = min(MOST_OF_ONE, left)
                    read = part.read(most + 1)
                if len(read) > most:
                    raise NotStripped(say("it unpacks to too much"))
                left -= len(read)
                found[entry.filename] = read
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
            ValueError) as error:  # fmt: skip
        raise NotStripped(say("it is broken")) from error
    for name, part_read in found.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            _refuse_doctype(part_read)
    return found


def _refuse_doctype(xml: bytes) -> None:
    def met(*_named: object) -> None:
        raise _DoctypeMetError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = met
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keywords
    except _DoctypeMetError as error:
        raise NotStripped(say("its XML names entities or other files")) from error
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise NotStripped(say("it is broken")) from error


def packed(found: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts, whose entries tell no time and no system."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in found.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, part)
    return kept.getvalue()
