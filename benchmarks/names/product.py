"""The product by its public functions, for speed alone; scores come from `habeas match --batch`.

    product.py [--one-by-one] < pairs

Each line of stdin is a query, a tab, and a record. The last line of stderr is how many seconds
of processor time `Comparing` took for all of them, tables loaded before; with --one-by-one,
`compare` for each.
"""

import sys
import time
from collections.abc import Sequence

from habeas.errors import HabeasError
from habeas.names import Comparing, compare


def one_by_one(pairs: Sequence[tuple[str, str]]) -> int:
    """Compare each pair by itself; return how many were refused."""
    refused = 0
    for query, record in pairs:
        try:
            compare(query, record)
        except HabeasError:
            refused += 1
    return refused


def together(pairs: Sequence[tuple[str, str]]) -> int:
    """Compare all pairs; return how many were refused."""
    return sum(isinstance(found, HabeasError) for found in Comparing().compare(pairs))


def main() -> None:
    """Compare all pairs of stdin once."""
    cut = [line.rstrip("\n").partition("\t") for line in sys.stdin]
    pairs = [(query, record) for query, _, record in cut]
    compare("Иванов Иван", "Ivanov Ivan")
    began = time.process_time()
    refused = one_by_one(pairs) if "--one-by-one" in sys.argv else together(pairs)
    seconds = time.process_time() - began
    sys.stderr.write(f"{refused} refused\n{seconds}\n")


if __name__ == "__main__":
    main()
