"""Reading of tab-separated tables: the product's reviewed lists of names, and the benchmark's own.

Written apart from the product, so that a fault in its reading of a table shows here.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PRODUCT_TABLES = ROOT / "src" / "habeas" / "names" / "tables"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; lines that begin with `#` are remarks."""
    with path.open(encoding="utf-8", newline="") as lines:
        plain = (line for line in lines if not line.startswith("#"))
        yield from csv.DictReader(plain, delimiter="\t", quoting=csv.QUOTE_NONE)


def dice(seed: int | str) -> random.Random:
    """Return a generator that gives the same people and pairs for the same seed."""
    return random.Random(f"habeas names benchmark {seed}")  # noqa: S311 - not for secrets


def cyrillic(word: str) -> bool:
    """Whether the word has letters of the Cyrillic blocks only."""
    return all("\u0400" <= letter <= "\u052f" for letter in word)


def russian(word: str) -> bool:
    """Whether the word has letters of the Russian alphabet only."""
    return all("а" <= letter <= "я" or letter == "ё" for letter in word.lower())
