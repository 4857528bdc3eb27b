"""DOCX: the text as it reads with all changes accepted, in parts of a closed list."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from django.utils.translation import gettext as say
from lxml import etree

from habeas.cases.sharing.strippers import archive, picture
from habeas.errors import NotStripped

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "word/document.xml"
_KINDS = ("styles", "numbering", "fontTable", "theme", "footnotes", "endnotes", "header", "footer")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MEDIA = {"png": "image/png", "jpeg": "image/jpeg"}

_GONE = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "rPrChange",
        "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
        "tblPrExChange", "numberingChange", "cellDel", "cellIns", "cellMerge", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rsid", "rsids", "instrText",
        "delInstrText", "delText", "fldChar", "bookmarkStart", "bookmarkEnd", "proofErr",
        "permStart", "permEnd", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr",
        "attachedSchema", "docVars", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
        "object", "pict", "altChunk",
        "control", "dataBinding", "printerSettings", "annotationRef", "subDoc",
    )
)  # fmt: skip
_OPENED = frozenset(
    W + name
    for name in ("ins", "moveTo", "fldSimple", "sdt", "sdtContent", "customXml", "smartTag")
)
_SILENT = frozenset({"descr", "title", "name", "tooltip", "alt"})
_KNOWN = (
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/",
    "http://www.w3.org/XML/1998/namespace",
)
"""Words of these vocabularies are taken over; of others nobody here knows what they tell."""
_COUNTED = {
    "comments": frozenset({W + "commentReference"}),
    "changes": frozenset({W + "ins", W + "del", W + "moveFrom", W + "moveTo"}),
}


def rebuilt(parts: Mapping[str, bytes]) -> tuple[bytes, tuple[str, ...]]:
    """Return a document of the visible text, and what was not taken over.

    Args:
        parts: of the archive, by name.

    Raises:
        NotStripped: it is broken, or a picture in it cannot be drawn anew.
    """
    fresh = _Fresh(parts)
    try:
        if _read(parts[_MAIN]).tag != W + "document":
            raise NotStripped(say("it is of a kind of DOCX that habeas does not know"))
        fresh.part(_MAIN)
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise NotStripped(say("it is broken")) from error
    return archive.packed(fresh.whole()), _told(fresh)


@dataclass
class _Fresh:
    """What is taken over of a document."""

    old: Mapping[str, bytes]
    made: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    hidden: int = 0

    def part(self, name: str) -> None:
        """Take over a part and, by its relations, those it needs."""
        if name in self.made:
            return
        self.made[name] = b""
        root = _read(self.old[name])
        kept = dict(self._related(name))
        self._clean(root)
        _without_lost(root, frozenset(kept))
        self.made[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8",
                                         standalone=True)  # fmt: skip
        if kept:
            folder, file = posixpath.split(name)
            self.made[f"{folder}/_rels/{file}.rels"] = _relations(kept.values())

    def _related(self, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Take over what a part needs; yield the relations to it, under their ids."""
        folder, file = posixpath.split(name)
        for one in _read(self.old.get(f"{folder}/_rels/{file}.rels", b"<none/>")):
            given = {key: str(one.get(key, "")) for key in ("Id", "Type", "Target", "TargetMode")}
            kind = given["Type"].rpartition("/")[2]
            if kind == "hyperlink" and given["Target"].startswith(("http://", "https://")):
                yield given["Id"], given
            target = posixpath.normpath(posixpath.join("/", folder, given["Target"])).lstrip("/")
            if given["TargetMode"] == "External" or target not in self.old:
                continue
            if kind == "image":
                yield given["Id"], given | {"Target": self._picture(target)}
            elif kind in _KINDS and target.startswith("word/"):
                self.types[target] = kind
                self.part(target)
                yield given["Id"], given | {"Target": f"/{target}"}

    def _picture(self, name: str) -> str:
        content = self.old[name]
        if not content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
            raise NotStripped(say("it holds a picture of a kind that cannot be stripped"))
        kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
        target = f"word/media/{len(self.made)}.{kind}"
        self.made[target] = picture.redrawn(content)
        return f"/{target}"

    def _clean(self, root: etree._Element) -> None:
        for key, tags in _COUNTED.items():
            self.counted[key] += sum(1 for one in root.iter(*tags))
        for one in list(root.iter()):
            if _is_gone(one):
                _drop(one)
            elif one.tag == W + "r" and _is_hidden(one):
                self.hidden += 1
                _drop(one)
            else:
                _silence(one)
        for one in list(root.iter(*_OPENED)):
            _open(one)

    def whole(self) -> dict[str, bytes]:
        """Return all parts of the new file."""
        types = etree.Element(_TYPES + "Types", nsmap=_unnamed(_TYPES))
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", **_MEDIA}
        for extension, media in defaults.items():
            etree.SubElement(types, _TYPES + "Default", Extension=extension, ContentType=media)
        for name, kind in {_MAIN: "document.main", **self.types}.items():
            media = (
                "application/vnd.openxmlformats-officedocument.theme+xml"
                if kind == "theme"
                else f"{_WORD}{kind}+xml"
            )
            etree.SubElement(types, _TYPES + "Override", PartName=f"/{name}", ContentType=media)
        first = {"Id": "rId1", "Type": f"{_OFFICE}officeDocument", "Target": _MAIN}
        return {
            "[Content_Types].xml": etree.tostring(types, xml_declaration=True, encoding="UTF-8"),
            "_rels/.rels": _relations([first]),
            **self.made,
        }


def _read(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(xml, parser)


def _relations(every: object) -> bytes:
    root = etree.Element(_REL + "Relationships", nsmap=_unnamed(_REL))
    for one in every:  # type: ignore[attr-defined]
        given = {key: value for key, value in one.items() if value}
        etree.SubElement(root, _REL + "Relationship", given)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unnamed(space: str) -> dict[str, str]:
    # The stubs of lxml forget that a namespace may go without a prefix.
    return cast("dict[str, str]", {None: space[1:-1]})


def _is_gone(one: etree._Element) -> bool:
    tag = str(one.tag)
    if tag in _GONE or not _is_known(tag) or tag.endswith("}extLst"):
        return True
    return tag == W + "tr" and one.find(f"{W}trPr/{W}del") is not None


def _is_known(name: str) -> bool:
    return not name.startswith("{") or name[1:].startswith(_KNOWN)


def _is_hidden(run: etree._Element) -> bool:
    told = run.find(f"{W}rPr/{W}vanish")
    return told is not None and told.get(W + "val", "true") not in ("0", "false", "off")


def _drop(one: etree._Element) -> None:
    above = one.getparent()
    if above is not None:
        above.remove(one)


def _open(one: etree._Element) -> None:
    """Put what an element holds in its place."""
    above = one.getparent()
    if above is None:
        return
    at = above.index(one)
    for child in reversed(list(one)):
        above.insert(at, child)
    above.remove(one)


def _silence(one: etree._Element) -> None:
    """Take out of an element what names people, times, files and sessions of work."""
    for key in list(one.attrib):
        name = str(key)
        bare = etree.QName(name).localname
        telling = bare.startswith("rsid") or bare in (
            "paraId",
            "textId",
            "author",
            "date",
            "initials",
        )
        if (telling and name.startswith("{")) or not _is_known(name):
            del one.attrib[key]
        elif (
            bare in _SILENT and not name.startswith("{") and "wordprocessingml" not in str(one.tag)
        ):
            one.attrib[key] = ""


def _without_lost(root: etree._Element, kept: frozenset[str]) -> None:
    """Take out what points at a part that was not taken over; text of a link stays."""
    for one in list(root.iter()):
        lost = [key for key in one.attrib if str(key).startswith(R) and one.attrib[key] not in kept]
        if not lost:
            continue
        if one.tag == W + "hyperlink":
            _open(one)
        elif one.tag in (W + "headerReference", W + "footerReference"):
            _drop(one)
        else:
            drawing = next((each for each in one.iterancestors(W + "drawing")), None)
            for key in lost:
                del one.attrib[key]
            if drawing is not None:
                _drop(drawing)


def _told(fresh: _Fresh) -> tuple[str, ...]:
    removed = [
        say("Author, company, times, working sessions and other properties of the file."),
        say("Attached objects, fields, templates, fonts, previews and data behind the text."),
    ]
    if fresh.counted["comments"]:
        removed.append(say("Comments: %(number)d.") % {"number": fresh.counted["comments"]})
    if fresh.counted["changes"]:
        removed.append(
            say("Tracked changes, now accepted: %(number)d.") % {"number": fresh.counted["changes"]}
        )
    if fresh.hidden:
        removed.append(say("Hidden pieces of text: %(number)d.") % {"number": fresh.hidden})
    return tuple(removed)
