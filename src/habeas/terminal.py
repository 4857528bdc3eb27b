"""What may be written to a terminal: nothing that a page could use to move its cursor.

A hostile page can print escape sequences, C1 controls and bidirectional overrides inside a name.
Text is shown with those made visible; JSON carries them as escapes, so nothing is lost.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

# C0 except tab and line feed, DEL, C1; the bidirectional controls of UAX #9; line and paragraph
# separators, which some terminals obey.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_UNSAFE_IN_LINE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def safe(text: str) -> str:
    """Return `text` with every control and direction character made visible, as `<U+202E>`."""
    return _UNSAFE.sub(_visible, text)


def safe_line(text: str) -> str:
    """Return `safe(text)` on one line: line breaks and tabs become visible as well."""
    return _UNSAFE_IN_LINE.sub(_visible, text)


def _visible(found: re.Match[str]) -> str:
    return f"<U+{ord(found.group()):04X}>"


def as_json(value: Mapping[str, Any]) -> str:
    """Return one line of JSON, readable in any script, with unsafe characters escaped."""
    line = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", line)
