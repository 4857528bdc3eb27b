"""Names in a cell "Стороны": roles in bold paragraphs, names after them, separated by ", "."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from habeas.language import _
from habeas.sources.contract import Fact
from habeas.sources.tables import LayoutChanged, folded, text_of
from habeas.sources.tangled import is_tangled

# "фон Ритт А.В." begins with a small letter and is a name; "кадастра и картографии" goes on.
_INITIALS_AT_END = re.compile(r"[^\W\d_]\.\s?(?:[^\W\d_]\.)?$")
_HIDDEN = ("информация скрыта", "данные скрыты", "скрыто")


@dataclass
class Party:
    """The names under one printed role, in page order."""

    role: str
    names: list[str] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Fact]:
        """The party as facts of a row."""
        return {"role": self.role, "names": list(self.names), "count": len(self.names)}


@dataclass(frozen=True)
class Parties:
    """What a cell says.

    Attributes:
        groups: roles with their names, from the full list.
        visible: the visible text as the portal runs it together.
        trimmed: whether the portal cut the visible text.
        hidden: how many names the site itself hides ("Информация скрыта"; an empty cell is one).
        lost: True where the text is cut and the full list is missing.
    """

    groups: tuple[Party, ...]
    visible: str
    trimmed: bool
    hidden: int
    lost: bool

    @property
    def visible_complete_names(self) -> int:
        """How many names the visible text shows whole."""
        shown = at = 0
        for name in (name for party in self.groups for name in party.names):
            found = self.visible.find(name, at)
            if found < 0:
                break
            shown, at = shown + 1, found + len(name)
        return shown


def parties_of(cell: LexborNode) -> Parties:
    """Read a cell; the attribute `data-full-text` counts, never the text the portal cut.

    Raises:
        LayoutChanged: there are names without a role, roles without the known frame, or the full
            list is built to hang a parser.
    """
    content = cell.css_first("div.table-row-content[data-full-text]")
    visible = text_of(cell)
    trimmed = cell.css_first("[data-trimmed], [data-action=expand]") is not None
    if content is not None:
        full = content.attributes.get("data-full-text") or ""
        if is_tangled(full):
            raise LayoutChanged(_("The full list of the names cannot be read."))
        tree = LexborHTMLParser(full)
        groups, hidden = groups_of(tree.body) if tree.body is not None else ([], 0)
    else:
        groups, hidden = groups_of(cell)
    lost = trimmed and (content is None or not groups)
    if lost and groups and groups[-1].names:
        groups[-1].names.pop()  # cut inside a name: it would be a name that is not in the case
    return Parties(tuple(groups), visible, trimmed, hidden or int(not groups), lost)


def groups_of(node: LexborNode) -> tuple[list[Party], int]:
    """Return the roles with names below `node`, and how many names the site hides.

    Raises:
        LayoutChanged: a name stands before the first role.
    """
    groups: list[Party] = []
    hidden = 0
    frame = node.css_first("div.right") or node
    for role, line in _lines(frame):
        if role:
            groups.append(Party(line))
        elif line.lower() in _HIDDEN:
            hidden += 1
        elif not groups:
            raise LayoutChanged(_("There is a name without a role in the cell “Стороны”."))
        else:
            groups[-1].names += split_names(line)
    return groups, hidden


def _lines(frame: LexborNode) -> Iterable[tuple[bool, str]]:
    """Yield the lines of the frame; a paragraph is a role, everything between is names."""
    text: list[str] = []
    for child in frame.iter(include_text=True):
        ends = child.tag in {"br", "p", "div"}
        if ends and (line := folded("".join(text))):
            yield False, line
        if ends:
            text = []
        if child.tag in {"p", "div"} and (line := text_of(child)):
            yield child.tag == "p", line
        elif not ends:
            text.append(child.text())
    if line := folded("".join(text)):
        yield False, line


def split_names(line: str) -> list[str]:
    """Split "Абакумов М.Т., Правительство Москвы" into names; nothing is dropped.

    Names of offices contain the separator ("…регистрации, кадастра и картографии"): a piece that
    begins with a small letter and does not end in initials, or stands inside open quotation
    marks, belongs to the piece before it.
    """
    names: list[str] = []
    for piece in line.split(", "):
        goes_on = names and (
            _open_quotes(names[-1]) or (piece[:1].islower() and not _INITIALS_AT_END.search(piece))
        )
        if goes_on:
            names[-1] += f", {piece}"
        elif piece.strip(" ,"):
            names.append(piece.strip(" ,"))
    return names


def _open_quotes(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("«") > text.count("»")
