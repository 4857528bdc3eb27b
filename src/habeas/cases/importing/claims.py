"""What a row says, under a mapping: names, statements with their speakers, and what is not clear.

Nothing is dropped: a cell that is not understood as what its column is taken for is a note under
the heading of the column, word for word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.cases.importing import columns
from habeas.cases.importing.readers.rows import Cell
from habeas.cases.statements import when
from habeas.cases.statements.properties import TIME, known
from habeas.cases.statements.recording import Claim

_LONGEST = 2000
_LONGEST_NAME = 300
_SEPARATORS = str.maketrans({";": "|", "\n": "|", "\r": "|"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim with what the file says of its speaker; empty where it says nothing."""

    claim: Claim
    speaker: str = ""
    said_on: str = ""
    place: str = ""


@dataclass(slots=True)
class Understood:
    """A row as it is understood.

    Attributes:
        names: spellings, as written.
        unclear: cells that are not what their column is taken for; they are kept as notes.
        left: cells of columns that somebody chose to leave out.
        speaker, said_on: of the whole row, if it says so.
    """

    names: list[str] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    unclear: list[Cell] = field(default_factory=list)
    left: list[Cell] = field(default_factory=list)
    speaker: str = ""
    said_on: str = ""

    @property
    def birth_year(self) -> int | None:
        """The year of birth, where the row gives it exactly."""
        for one in self.spoken:
            if one.claim.property == "born" and one.claim.value[:4].isdecimal():
                year = int(one.claim.value[:4])
                return year if 1900 <= year <= 2100 else None
        return None


def understood(cells: Iterable[Sequence[str]], mapping: Mapping[str, str]) -> Understood:
    """Return what a row says.

    Args:
        cells: fields of `readers.rows.Cell`.
        mapping: field by heading; NOTE for a heading that is not in it.
    """
    row = Understood()
    parts: dict[str, Cell] = {}
    for cell in (Cell(*fields) for fields in cells):
        meant = mapping.get(cell.column, columns.NOTE)
        if meant in columns.PARTS and meant not in parts and _is_name(cell.text):
            parts[meant] = cell
        else:
            _take(row, cell, meant)
    whole = " ".join(parts[part].text for part in columns.PARTS if part in parts)
    if whole and whole not in row.names:
        row.names.append(whole)
    return row


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and any(letter.isalpha() for letter in text)


def _take(row: Understood, cell: Cell, meant: str) -> None:
    if meant == columns.OUT:
        row.left.append(cell)
    elif meant == columns.NAME:
        _take_names(row, cell)
    elif meant == columns.SPEAKER and not row.speaker:
        row.speaker = cell.text[:_LONGEST_NAME]
    elif meant == columns.SAID_ON and not row.said_on and (moment := _time(cell.text)):
        row.said_on = moment
    elif meant in {columns.NOTE, columns.SPEAKER}:
        row.spoken.append(_note(cell))
    else:
        _take_claim(row, cell, meant)


def _take_names(row: Understood, cell: Cell) -> None:
    for text in cell.text.translate(_SEPARATORS).split("|"):
        name = " ".join(text.split())
        if _is_name(name):
            row.names += [name] if name not in row.names else []
        elif name:
            piece = cell._replace(text=name)
            row.unclear.append(piece)
            row.spoken.append(_note(piece))


def _take_claim(row: Understood, cell: Cell, meant: str) -> None:
    special = meant in {columns.SAID_ON, *columns.PARTS}
    timed = not special and known(meant).kind == TIME
    value = _time(cell.text) if timed else cell.text[:_LONGEST]
    if special or not value:
        row.unclear.append(cell)
        row.spoken.append(_note(cell))
        return
    as_said = cell.text if value != cell.text else ""
    claim = Claim(meant, value, as_said=as_said, about=value if timed else "")
    row.spoken.append(Spoken(claim, cell.speaker, _time(cell.said_on), cell.place))


def _note(cell: Cell) -> Spoken:
    words = f"{cell.column}: {cell.text}"
    claim = Claim(columns.NOTE, words[:_LONGEST], as_said=words if len(words) > _LONGEST else "")
    return Spoken(claim, cell.speaker, _time(cell.said_on), cell.place)


def _time(text: str) -> str:
    """Return a time in EDTF, empty where it is none."""
    try:
        return when.typed(text) if text else ""
    except when.NotATime:
        return ""
