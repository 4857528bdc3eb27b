"""Records of a picture and a DOM that we made of a recorded page, marked as made by us.

They are `conversion` records (ISO 28500:2017, section 6.8): an archive's own version of another
record's content. Replay tools do not take them for what the site sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from habeas import __version__
from habeas.evidence.exchange import new_record_id
from habeas.evidence.records import (
    CAPTURE_TYPE,
    FORMAT,
    Written,
    info_record,
    json_block,
    record,
    warc_date,
)
from habeas.evidence.writing import Kept


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as a browser drew it from recorded bytes.

    Attributes:
        picture: PNG.
        dom: the document as the browser had it in the end, HTML in UTF-8.
        moment: when it was drawn (aware).
        program: name and version of the browser.
        width, height: of the picture, in CSS pixels.
        cut: whether the page was taller.
        scripts: whether the page's scripts were run.
        parts: records of the style sheets and pictures that were used.
        left_out: how many parts were not used, by reason.
    """

    picture: bytes = field(repr=False)
    dom: bytes = field(repr=False)
    moment: datetime
    program: str
    width: int
    height: int
    cut: bool
    scripts: bool
    parts: tuple[str, ...]
    left_out: Mapping[str, int]


def rendering_records(kept: Kept, rendering: Rendering) -> tuple[list[Written], str]:
    """Return the records (warcinfo, metadata, picture, DOM) and the id of the metadata record."""
    note_id, picture_id, dom_id = (new_record_id() for _ in range(3))
    date = warc_date(rendering.moment)
    common = {
        "WARC-Date": date,
        "WARC-Target-URI": kept.url,
        "WARC-Refers-To": kept.record_id,
    }
    note = {
        "format": FORMAT,
        "tool": {"name": "habeas", "version": __version__},
        "about": kept.record_id,
        "rendering": {
            "made_by": "habeas, from the recorded bytes; the site did not send this",
            "program": rendering.program,
            "at": date,
            "picture": picture_id,
            "dom": dom_id,
            "width": rendering.width,
            "height": rendering.height,
            "cut": rendering.cut,
            "scripts": rendering.scripts,
            "parts": list(rendering.parts),
            "left_out": dict(rendering.left_out),
        },
    }
    records = [
        info_record(rendering.moment),
        record("metadata", {**common, "WARC-Record-ID": note_id}, CAPTURE_TYPE, json_block(note)),
        record(
            "conversion",
            {**common, "WARC-Record-ID": picture_id},
            "image/png",
            rendering.picture,
        ),
        record(
            "conversion",
            {**common, "WARC-Record-ID": dom_id},
            "text/html; charset=utf-8",
            rendering.dom,
        ),
    ]
    return records, note_id
