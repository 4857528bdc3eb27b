"""What holds for every format that there is."""

import io
import tempfile
import zipfile
from pathlib import Path

import pyrage
import pytest
from agreed import agreed
from case_story import NOW, document, say
from pypdf import PdfReader

from habeas.cases.consent.words import USES
from habeas.cases.sharing import gate, gathering
from habeas.cases.sharing.contract import Occasion, formats
from habeas.cases.statements.models import Subject

_OURS = pyrage.x25519.Identity.generate()


def _in_clear(content: bytes) -> bytes:
    """Return what a reader gets: unlocked, out of its ZIP, and as the text of its pages."""
    if content.startswith(b"age-encryption.org"):
        content = pyrage.decrypt(content, [_OURS])
    if content.startswith(b"%PDF"):
        return "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(content)).pages
        ).encode()
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize("key", formats())
def test_a_format_is_made_in_memory_and_holds_nothing_narrower_than_its_readers(
    key: str, case: Subject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No name may lie in a temporary folder; nothing of ours alone may stand in what leaves."""
    agreed(case, *USES)
    say(case, "note", "canary-internal", visibility="internal", document=document("canary-paper"))
    say(case, "custody", "in_custody", about="2026-11-20", details={"place": "ИВС"},
        visibility="public", document=document("Газета", title="О задержании"))  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    of = formats()[key]
    for circle in gate.circles(of):
        if circle == "internal":
            continue
        for lang in of.languages:
            passed = gate.judge([case.pk], circle, NOW).passed
            people = (one for _key, one in gathering.outgoing(passed, circle, lang, NOW))
            occasion = Occasion(
                now=NOW,
                lang=lang,
                by="owner",
                recipient="X",
                circle=circle,
                key=str(_OURS.to_public()),
            )
            out = io.BytesIO()
            of.write(people, out, occasion)
            content = _in_clear(out.getvalue())
            assert content
            assert b"canary" not in content
