"""Takes the names out of one cell: a column of names, or a cell that may hold anything."""

import re
from functools import lru_cache

from habeas.sources.readers.not_names import is_not_name
from habeas.sources.readers.spotting import is_plain_name, names_in

# A longer cell is a text, and is searched as one.
_LONGEST_LIST_CHARS = 400
_LONGEST_CELL_CHARS = 200_000
_SHORT_CELL_CHARS = 100
_SEPARATOR = re.compile(r"[;|\n\r\t/]|,(?!\s*(?:мл|ст|jr|sr)\b)|\s+[–—]\s+")
_LABEL = re.compile(r"^[^\W\d_][^:\d]{1,40}:\s*(?=\S)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
# One name over several lines of a narrow cell.
_WRAPPED = re.compile(r"[^\W\d_][\w.'’ʼʻ-]*(?:\s+[^\W\d_][\w.'’ʼʻ-]*){1,3}")
_SURNAME_FIRST = re.compile(r"\s*([^\W\d_][\w'’ʼʻ.-]*)\s*,\s*([^\W\d_][\w'’ʼʻ. -]*)\s*")
# Anchored at the beginning of a word and possessive: linear even in one word of a megabyte.
_MAYBE = re.compile(r"\b[^\W\d_]\w*+[.\s'’-]")


def names_of_name_cell(cell: str) -> list[str]:
    """Return the names in a cell of a column that holds names, in any letter case.

    The cell is cut at commas, semicolons, slashes and line ends; "Ibragimov, Maksud" is offered
    whole as well, and a label ("Ответчик:") is left off. Without letters there is no name.
    """
    text = cell.strip()
    if not _LETTERS.search(text):
        return []
    if len(text) > _LONGEST_LIST_CHARS:
        return spotted_names(cell)
    if not _SEPARATOR.search(text) and ":" not in text:
        return [" ".join(text.split())]
    found: dict[str, None] = {}
    if _SURNAME_FIRST.fullmatch(text) or _WRAPPED.fullmatch(text):
        found[" ".join(text.split())] = None
    for piece in _SEPARATOR.split(text):
        name = " ".join(_LABEL.sub("", piece.strip()).split())
        if _LETTERS.search(name) and not all(map(is_not_name, name.split(" "))):
            found[name] = None
    if any(mark in text for mark in ':("«') or any(name.count(" ") > 4 for name in found):
        found.update(dict.fromkeys(spotted_names(text)))
    return list(found)


def spotted_names(cell: str) -> list[str]:
    """Return what may be names in a cell of any column: at least two words, or initials."""
    if not _MAYBE.search(cell):
        return []
    if is_plain_name(cell):
        return [cell]
    if len(cell) <= _SHORT_CELL_CHARS:
        return list(_spotted_once(cell))
    return list(_spotted(cell[:_LONGEST_CELL_CHARS]))


@lru_cache(maxsize=16_384)
def _spotted_once(cell: str) -> tuple[str, ...]:
    """The same for a short cell: courts, articles and judges repeat from row to row."""
    return _spotted(cell)


def _spotted(text: str) -> tuple[str, ...]:
    found = {
        name.printed: None for name in names_in(text) if " " in name.printed or "." in name.printed
    }
    if pair := _SURNAME_FIRST.fullmatch(text[:120]):
        found[" ".join(pair.group().split())] = None
    return tuple(found)


_QUOTED = re.compile(r"\"[^\"]*\"|«[^»]*»|“[^”]*”|\([^)]*\)")


def names_of_list(text: str) -> list[str]:
    """Return the entries of a list with commas or semicolons, as printed and folded.

    A comma inside quotation marks or brackets belongs to the name of a company.
    """
    hidden = _QUOTED.sub(lambda part: "\0" * len(part.group()), text)
    places = [place for place, mark in enumerate(hidden) if mark in ",;"]
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(text)]
    entries = (" ".join(text[start:end].split()) for start, end in zip(starts, ends, strict=True))
    return [entry for entry in entries if entry]
