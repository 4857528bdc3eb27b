"""Reads one large text in a process of its own: processor time and memory of it alone.

    python benchmarks/reading/large.py MEGABYTES

Prints JSON: bytes, seconds of processor time, peak of resident memory in MB, suggestions, and how
far the text was read. The text is prose with one of the annotated texts in about every ten
kilobytes, as a folder of saved pages would be.
"""

import json
import resource
import sys
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.reading.annotated import texts  # noqa: E402

from habeas.reading import read  # noqa: E402

PROSE = (
    "The weather in the valley was mild, and the road went slowly along the river between old "
    "trees. Nobody was out so early except the man who opens the lock in the morning. "
)


def text_of(size: int) -> str:
    """Return a text of at least so many bytes."""
    pieces, held = [], 0
    for one in cycle(texts()):
        piece = f"{PROSE * 50}\n\n{one.text}\n\n"
        pieces.append(piece)
        held += len(piece.encode())
        if held >= size:
            return "".join(pieces)
    raise AssertionError


def main() -> None:
    """Read and print."""
    text = text_of(int(sys.argv[1]) * 1_000_000)
    began = time.process_time()
    reading = read(text)
    seconds = time.process_time() - began
    found = {
        "bytes": len(text.encode()),
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "suggestions": len(reading.suggestions),
        "read_to_end": reading.read_to == len(text),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
