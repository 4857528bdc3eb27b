"""Reads the rows of a described table: which cell holds names, which facts, which a number."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from habeas.language import _
from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.sources.readers.cells import names_of_name_cell
from habeas.sources.readers.headings import role_of
from habeas.sources.roles import capacity_of
from habeas.sources.tables import Cell, TableRow, folded

IGNORED, FACT, NAME, NAMES, PARTIES, OFFICIAL, NUMBER = (
    "ignored", "fact", "name", "names", "parties", "official", "n",
)  # fmt: skip
"""What a column can hold, beside a fact of a term of its own."""
JOINED = ("surname", "given_name", "father_name")
"""Columns whose cells make one name together, in this order."""
NAMING = frozenset({NAME, NAMES, PARTIES, *JOINED})

# In which attributes portals keep the whole of a cell that they shorten.
_FULL = ("data-full-text", "data-full", "title")
_LABEL = re.compile(r"([^\W\d_][^:\d]{1,40}):\s*(\S.*)?")
_CUT = ("…", "...")


@dataclass
class Reading:
    """What was read of a table so far."""

    columns: Mapping[str, str]
    identity: str = ""
    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    nameless: int = 0
    trouble: str = ""
    _numbers: dict[str, int] = field(default_factory=dict)

    def take(self, entry: TableRow) -> None:
        """Read one row.

        Raises:
            LayoutChanged: a column of the description is not there.
        """
        cells = {heading: entry.take(heading) for heading in self.columns}
        facts: dict[str, Fact] = {"section": entry.section} if entry.section else {}
        facts |= self._facts(cells)
        before = len(self.mentions)
        for heading, cell in cells.items():
            self._name(entry.number, heading, cell)
        self._joined(entry.number, cells)
        self.nameless += len(self.mentions) == before
        self._count(entry.section, cells)
        self.rows.append(Row(entry.number, facts, entry.link))

    def _facts(self, cells: Mapping[str, Cell]) -> Iterator[tuple[str, Fact]]:
        for heading, cell in cells.items():
            meaning = self.columns[heading]
            if meaning not in {*NAMING, OFFICIAL, IGNORED}:
                yield (heading if meaning == FACT else meaning), cell.text
            if heading == self.identity:
                yield "case_id", cell.text

    def _name(self, number: int, heading: str, cell: Cell) -> None:
        """Add the names of one cell, if its column holds names."""
        meaning = self.columns[heading]
        if meaning not in {NAME, NAMES, PARTIES, OFFICIAL}:
            return
        where, text = _place(number, heading), _whole(cell)
        if text.rstrip().endswith(_CUT):
            words = _("A cell with names is cut off: {cell}")
            self.trouble = self.trouble or words.format(cell=folded(text)[-60:])
        if meaning == PARTIES:
            for role, name in _parties(text):
                capacity = capacity_of(role, name) if role else Capacity.PARTY
                self.mentions.append(Mention(name, role, capacity, number, where))
            return
        role, capacity = (heading, Capacity.OFFICIAL) if meaning == OFFICIAL else role_of(heading)
        capacity = Capacity.PARTY if capacity is Capacity.NAMED else capacity
        whole = [folded(text)] if meaning == NAME and any(map(str.isalpha, text)) else []
        names = whole if meaning == NAME else names_of_name_cell(text)
        self.mentions += [Mention(name, role, capacity, number, where) for name in names]

    def _joined(self, number: int, cells: Mapping[str, Cell]) -> None:
        """Add the name that several columns make together."""
        parts = {self.columns[heading]: (heading, cell.text) for heading, cell in cells.items()}
        found = [parts[part] for part in JOINED if parts.get(part, ("", ""))[1]]
        if found:
            place = _place(number, " + ".join(heading for heading, _text in found))
            name = " ".join(text for _heading, text in found)
            self.mentions.append(Mention(name, "", Capacity.PARTY, number, place))

    def _count(self, section: str, cells: Mapping[str, Cell]) -> None:
        """Hold the printed number of a row against its place: of its section, or of the list."""
        for heading, meaning in self.columns.items():
            if meaning != NUMBER:
                continue
            printed = cells[heading].text.rstrip(".)")
            number = int(printed) if printed.isascii() and printed.isdigit() else -1
            in_section = self._numbers.get(section, 0) + 1
            in_list = sum(self._numbers.values()) + 1
            if number not in {in_section, in_list}:
                self.trouble = self.trouble or _("The numbers of the rows have a gap.")
            self._numbers[section] = in_section


def _place(number: int, heading: str) -> str:
    return _("row {number}, column {heading}").format(number=number, heading=heading)


def _whole(cell: Cell) -> str:
    """Return the text of a cell by lines; of a shortened one, the whole that the site keeps."""
    text = "\n".join(cell.lines)
    for node in [cell.node, *cell.node.css("*")]:
        for name in _FULL:
            kept = node.attributes.get(name) or ""
            if len(kept) > len(text) and kept.startswith(text.rstrip("…. ")[:20]):
                return kept
    return text


def _parties(text: str) -> Iterator[tuple[str, str]]:
    """Yield role and name of a cell like "Истец: А.Б., ответчик: В.Г."; the role may be empty."""
    role = ""
    for line in re.split(r"[\n;]", text):
        found = _LABEL.fullmatch(folded(line))
        if found:
            role, rest = found.group(1), found.group(2) or ""
        else:
            rest = line
        for name in names_of_name_cell(rest):
            yield role, name
