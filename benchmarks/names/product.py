"""The product by its public function, for its speed alone; scores come from `habeas match --batch`.

    product.py < pairs

Each line of stdin is a query, a tab, and a record. The last line of stderr is how many seconds
of processor time `compare` took for all of them, tables loaded before.
"""

import sys
import time

from habeas.errors import HabeasError
from habeas.names import compare


def main() -> None:
    """Compare all pairs of stdin once."""
    pairs = [line.rstrip("\n").split("\t") for line in sys.stdin]
    compare("Иванов Иван", "Ivanov Ivan")
    refused = 0
    began = time.process_time()
    for query, record in pairs:
        try:
            compare(query, record)
        except HabeasError:
            refused += 1
    seconds = time.process_time() - began
    sys.stderr.write(f"{refused} refused\n{seconds}\n")


if __name__ == "__main__":
    main()
