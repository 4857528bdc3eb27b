"""Sets a paper with Typst: PDF/A-2a and PDF/UA-1 (tagged, A4), from packaged fonts alone."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal, cast

import typst

from habeas.cases.sharing.papers.parts import Paper, Part, printable
from habeas.errors import PaperNotMade

STANDARDS: "tuple[Literal['a-2a'], Literal['ua-1']]" = ("a-2a", "ua-1")

_DRAWN = re.compile(
    "[^\\n -~\\u00a0-\\u00ac\\u00ae-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1"
    "\\u03a3-\\u052f\\u0606-\\u061b\\u061d-\\u06dc\\u06de-\\u06ff\\u0750-\\u077f\\u1e00-\\u1eff"
    "\\u200b-\\u200d\\u2010-\\u2027\\u2030-\\u205e\\u20a0-\\u20c0\\u2116\\u2122\\u2190-\\u21ff"
    "\\ufb50-\\ufbc2\\ufbd3-\\ufd8f\\ufd92-\\ufdc7\\ufdf0-\\ufdff\\ufe70-\\ufe74\\ufe76-\\ufefc\\ufffd]"
)
"""What the packaged fonts have no sign for (measured: Noto Sans and Noto Sans Arabic). An archival
PDF may hold none of these, so they are printed by number, and nothing is lost."""


def drawn(text: str) -> str:
    """Return a text as the fonts can draw it; another character is printed by its number."""
    return _DRAWN.sub(lambda found: f"[U+{ord(found[0]):04X}]", printable(text))


def pdf(paper: Paper) -> bytes:
    """Return a paper as PDF.

    Raises:
        PaperNotMade: Typst refuses; its words are in the error.
    """
    said = {
        "title": drawn(paper.title),
        "lang": paper.lang,
        "footer": drawn(paper.footer),
        "date": {"year": paper.made.year, "month": paper.made.month, "day": paper.made.day},
        "small": paper.small,
    }
    # Values reach Typst as data, never as its markup; and in memory: no name lies in a temporary
    # folder, where a home with a passphrase would not protect it.
    values = json.dumps(said | {"parts": [_placed(part) for part in paper.parts]})
    template = (files("habeas.cases.sharing.papers") / "paper.typ").read_bytes()
    return _compiled({"main.typ": template, "paper.json": values.encode()}, paper)


def _placed(part: Part) -> Mapping[str, object]:
    return {
        "kind": part.kind,
        "text": drawn(part.text),
        "lines": [drawn(one) for one in part.lines],
        "rows": [[drawn(label), drawn(value)] for label, value in part.rows],
        "picture": list(part.picture or b""),
    }


def _compiled(named: dict[str, bytes], paper: Paper) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(files("habeas.evidence.exhibit") / "fonts")],
    )
    try:
        made = typst.compile(
            cast("Any", named),  # files by name; its types do not say so
            font_paths=fonts,
            pdf_standards=list(STANDARDS),
            timestamp=paper.made.replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise PaperNotMade(error.message) from error
    if not isinstance(made, bytes):
        raise PaperNotMade(type(made).__name__)
    return made
