"""Cells that no spreadsheet takes for a formula, and back.

A cell that begins like a formula gets an apostrophe before it. The same goes for a place inside a
cell after a sign that some spreadsheet splits at: in Russian settings a comma file is split at
semicolons, quotes or not. An apostrophe that stood there already gets a second one, so that taking
one away at each such place always gives the text as it was.
"""

import re

# What begins a formula, also in full width; a tab or a line end before it is swallowed.
_SIGN = "=+\\-@\t\r＝＋－＠"
_START = rf"\A(?=['\s]*[{_SIGN}])"
_INSIDE = rf"(?<=[;,|\t\r\n])(?='*[{_SIGN}])"
_HIDE = re.compile(f"{_START}|{_INSIDE}")
_SHOW = re.compile(rf"\A'(?=['\s]*[{_SIGN}])|(?<=[;,|\t\r\n])'(?='*[{_SIGN}])")


def harmless(text: str) -> str:
    """Return a cell that is text everywhere."""
    return _HIDE.sub("'", text)


def as_it_was(cell: str) -> str:
    """Return what `harmless` was given."""
    return _SHOW.sub("", cell)
