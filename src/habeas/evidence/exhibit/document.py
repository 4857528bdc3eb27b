"""Sets the paper of an exhibit with Typst, as PDF/A-3a and PDF/UA-1, from packaged fonts alone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from habeas.errors import PaperNotMade
from habeas.evidence.digests import sha256_hex
from habeas.evidence.exhibit import telling, vouching
from habeas.evidence.exhibit.facts import CaptureFacts, Strip
from habeas.evidence.exhibit.parts import Part, Say
from habeas.evidence.exhibit.telling import Told
from habeas.language import in_language

STANDARDS: "tuple[Literal['a-3a'], Literal['ua-1']]" = ("a-3a", "ua-1")
"""PDF/A-3 with an accessible structure; part 3 because the page's source is attached."""

_SOURCE_NAME = "page-source-{number}.txt"


@dataclass
class _Folder:
    """Files that Typst reads, by name."""

    files: dict[str, bytes] = field(default_factory=dict)

    def keep(self, name: str, content: bytes) -> str:
        self.files[name] = content
        return name


def paper(told: Told, language: str) -> bytes:
    """Return the PDF in a language.

    Raises:
        PaperNotMade: Typst refuses; its words are in the error.
    """
    # The name is what the collector of sentences looks for.
    _: Say = partial(in_language, language=language)
    folder = _Folder()
    parts = [_placed(part, folder) for part in _parts(told, _)]
    parts += [_attached(number, one, folder, _) for number, one in enumerate(told.captures, 1)]
    said = {
        "title": _("Exhibit {id}").format(id=told.exhibit_id),
        "lang": language,
        "date": {"year": told.made.year, "month": told.made.month, "day": told.made.day},
        "footer": _("Exhibit {id}").format(id=told.exhibit_id),
        "parts": [part for part in parts if part],
    }
    folder.keep("exhibit.json", json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    return _set(folder, told)


def _parts(told: Told, _: Say) -> Iterator[Part]:
    yield from telling.cover(told, _)
    for one in told.captures:
        yield from telling.capture(one, told.made, _)
    yield from vouching.seals(told, _)
    yield from vouching.custody(told, _)
    yield from vouching.method(_)
    yield from vouching.limits(_)
    yield from vouching.checking(told, _)


def _placed(part: Part, folder: _Folder) -> Part:
    """Lay a part's picture beside the paper and name it."""
    strip = part.get("strip")
    if not isinstance(strip, Strip):
        return part
    # By its digest: a picture of which several parts are shown is in the paper once.
    name = folder.keep(f"strip-{sha256_hex(strip.png)[:16]}.png", strip.png)
    marks = [
        {"x": one.x, "y": one.y, "width": one.width, "height": one.height} for one in strip.marks
    ]
    return {
        "kind": "shot",
        "file": name,
        "alt": part["alt"],
        "width": strip.width,
        "height": strip.height,
        "offset": strip.offset,
        "marks": marks,
    }


def _attached(number: int, one: CaptureFacts, folder: _Folder, _: Say) -> Mapping[str, object]:
    """Attach the page's source, as recorded, to the paper."""
    if not one.recorded.payload:
        return {}
    name = folder.keep(_SOURCE_NAME.format(number=number), one.recorded.payload)
    return {
        "kind": "attach",
        "file": name,
        # Not text/html: a viewer must show it and not run it.
        "mime": "text/plain",
        "text": _("The page as recorded, byte for byte"),
    }


def _set(folder: _Folder, told: Told) -> bytes:
    import typst

    here = files("habeas.evidence.exhibit")
    folder.keep("exhibit.typ", (here / "exhibit.typ").read_bytes())
    with TemporaryDirectory() as temporary:
        for name, content in folder.files.items():
            (Path(temporary) / name).write_bytes(content)
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[str(here / "fonts")],
        )
        try:
            made = typst.compile(
                str(Path(temporary) / "exhibit.typ"),
                root=temporary,
                font_paths=fonts,
                pdf_standards=list(STANDARDS),
                timestamp=told.made.replace(microsecond=0),
            )
        except typst.TypstError as error:
            raise PaperNotMade(error.message) from error
    if not isinstance(made, bytes):
        raise PaperNotMade(type(made).__name__)
    return made
