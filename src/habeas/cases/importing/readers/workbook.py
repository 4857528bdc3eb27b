"""Excel workbooks (XLSX): every sheet, hidden ones too; of a formula the value that was saved."""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from habeas.cases.importing.readers import archive, markup
from habeas.cases.importing.readers.rows import MOST_COLUMNS, Line, Odd, Raw, Reading, table
from habeas.errors import FileNotImported
from habeas.language import _

_START = 4096


def read(stream: BinaryIO, reading: Reading) -> Iterator[Raw]:
    """Yield the rows of all sheets, one sheet after the other.

    Raises:
        FileNotImported: it is damaged, declares entities, or would unpack to too much.
    """
    _check(stream)
    values, formulas = _book(stream, saved=True), _book(stream, saved=False)
    try:
        several = len(values.worksheets) > 1
        for shown, written in zip(values.worksheets, formulas.worksheets, strict=True):
            if shown.sheet_state != "visible":
                reading.tell("hidden_sheet", shown.title)
            yield from table(_lines(shown, written), reading, sheet=shown.title if several else "")
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, SyntaxError) as error:
        raise FileNotImported(_("the workbook is damaged or only half there")) from error
    finally:
        values.close()
        formulas.close()


def _check(stream: BinaryIO) -> None:
    inside = archive.opened(stream)
    for one in inside.infolist():
        if one.filename.endswith((".xml", ".rels", ".vml")):
            with inside.open(one) as part:
                markup.check(part.read(_START))
    stream.seek(0)


def _book(stream: BinaryIO, *, saved: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions, which are not read.
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=saved, keep_links=False)
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError,
    ) as error:  # fmt: skip
        raise FileNotImported(_("the workbook is damaged or only half there")) from error
    for sheet in book.worksheets:
        # What a file says of its own size is not believed.
        sheet.reset_dimensions()
    return book


def _lines(shown: Any, written: Any) -> Iterator[Line]:  # noqa: ANN401 - sheets read in a stream have no type
    pairs = zip_longest(shown.iter_rows(values_only=True), written.iter_rows(values_only=True))
    for number, pair in enumerate(pairs, 1):
        values, formulas = pair[0] or (), pair[1] or ()
        if not any(value is not None for value in formulas):
            continue
        if len(formulas) > MOST_COLUMNS and any(one is not None for one in formulas[MOST_COLUMNS:]):
            raise FileNotImported(_("it has more than 500 columns"))
        yield _line(number, values[:MOST_COLUMNS], formulas[:MOST_COLUMNS])


def _line(number: int, values: Iterable[Any], formulas: Iterable[Any]) -> Line:
    texts, told = [], []
    for at, (value, formula) in enumerate(zip_longest(values, formulas), 1):
        if isinstance(formula, str) and formula.startswith("=") and formula != value:
            told.append(Odd("formula" if value is not None else "formula_bare", str(at)))
            value = formula if value is None else value  # noqa: PLW2901 - the one that counts
        texts.append(_text(value))
    return Line(number, texts, tuple(told))


def _text(value: object) -> str:
    """Return a cell as a person would write it; a date in ISO 8601, without an empty time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        whole = value.time() == time(0)
        return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
