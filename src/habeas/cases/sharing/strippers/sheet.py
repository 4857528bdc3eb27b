"""XLSX: a new workbook of the values that can be seen; formulas give way to their last value."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile

from django.utils.translation import gettext as say
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from habeas.cases.sharing.strippers import archive
from habeas.errors import NotStripped

MOST_CELLS = 2_000_000
_STILL = datetime(1980, 1, 1)  # noqa: DTZ001 - openpyxl writes times without a zone


def rebuilt(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a workbook of the visible values, and what was not taken over.

    Raises:
        NotStripped: it cannot be read, holds too much, or shows nothing.
    """
    try:
        with warnings.catch_warnings():
            # Parts it does not know are not taken over anyway.
            warnings.simplefilter("ignore")
            read = load_workbook(BytesIO(content), data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError,
            IndexError, OSError) as error:  # fmt: skip
        raise NotStripped(say("it is broken")) from error
    fresh = Workbook()
    fresh.remove(fresh.worksheets[0])
    hidden_sheets = hidden_cells = 0
    for sheet in read.worksheets:
        if sheet.sheet_state != "visible":
            hidden_sheets += 1
            continue
        hidden_cells += _copy(sheet, fresh.create_sheet(sheet.title))
    if not fresh.worksheets:
        raise NotStripped(say("all of its sheets are hidden"))
    return _saved(fresh), _told(hidden_sheets, hidden_cells)


def _copy(sheet: Worksheet, to: Worksheet) -> int:
    """Copy the visible values and their widths; return how many hidden cells were left."""
    if (sheet.max_row or 0) * (sheet.max_column or 0) > MOST_CELLS:
        raise NotStripped(say("it holds too many cells"))
    columns = set(_hidden_columns(sheet))
    left = 0
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            number, column = cell.row or 1, cell.column or 1
            # ";;;" is the number format that shows nothing.
            unseen = sheet.row_dimensions[number].hidden or cell.number_format == ";;;"
            if unseen or column in columns:
                left += 1
                continue
            target = to.cell(number, column)
            target.value = _value(cell.value)
            if isinstance(target.value, str):
                # A text that begins like a formula stays a text.
                target.data_type = "s"
            if isinstance(cell.value, datetime | date | time | timedelta):
                target.number_format = "yyyy-mm-dd hh:mm"
    return left


def _value(value: object) -> str | float | bool | datetime | date | time | timedelta:
    if isinstance(value, bool | int | float | datetime | date | time | timedelta):
        return value
    return str(value)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for letter, one in sheet.column_dimensions.items():
        if one.hidden:
            # Neighbours that are hidden together are noted once, under the first.
            first = one.min or 1
            last = one.max or first
            yield from range(first, min(last, 16_384) + 1)
            yield column_index_from_string(letter)


def _saved(fresh: Workbook) -> bytes:
    fresh.properties.creator = ""
    fresh.properties.created = fresh.properties.modified = _STILL
    kept = BytesIO()
    fresh.save(kept)
    # Saving notes the time of the computer; what leaves says nothing of our hours.
    found = archive.parts(kept.getvalue())
    found["docProps/core.xml"] = (
        b'<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
        b'package/2006/metadata/core-properties"/>'
    )
    return archive.packed(found)


def _told(sheets: int, cells: int) -> tuple[str, ...]:
    removed = [
        say("Author, company, times and other properties of the file."),
        say("Comments, defined names, formulas, pictures, charts and links of the workbook."),
    ]
    if sheets:
        removed.append(say("Hidden sheets: %(number)d.") % {"number": sheets})
    if cells:
        removed.append(say("Cells in hidden rows and columns: %(number)d.") % {"number": cells})
    return tuple(removed)
