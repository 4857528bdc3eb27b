"""Documents: bytes are never trusted, kept whole or not at all, handed out only to be saved."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from case_story import NOW, document
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from habeas.cases.documents import keeping, kinds, pictures, taking
from habeas.cases.documents.models import Photo, Upload
from habeas.cases.statements.models import Document, Subject
from habeas.cases.statements.recording import Hand
from habeas.errors import EvidenceNotSealed, EvidenceNotWritten, UploadRefused
from habeas.evidence.seals.removals import Reason
from habeas.evidence.verifying import verify as stranger

HAND = Hand("owner", NOW)
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(form: str = "JPEG", size: tuple[int, int] = (900, 600)) -> bytes:
    buffer = io.BytesIO()
    image = Image.new("RGB", size, (120, 90, 40))
    exif = image.getexif()
    exif[0x010F] = "Camera of the family"
    exif[0x8825] = {1: "N", 2: (38.5, 0.0, 0.0)}
    image.save(buffer, form, exif=exif)
    return buffer.getvalue()


def docx(inside: str = "word/document.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(inside, "<w/>")
    return buffer.getvalue()


def send(owner: Client, content: bytes, name: str = "x.pdf", **more: str) -> object:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return owner.post("/en/cases/H7K3M/documents/add/", {"file": file, "kind": "file", **more})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (picture(), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"OggS\x00", "audio/ogg"),
        ("Показания".encode(), "text/plain"),
        (HTML, "text/plain"),
        (SVG, "text/plain"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (docx("evil.exe"), ""),
        (b"PK\x03\x04broken", ""),
        (b"MZ\x90\x00\x03", ""),
        (b"\x7fELF\x02\x01\x01\x00", ""),
        (b"\xff\xfe<\x00s\x00", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert kinds.media_type(content) == kind


@given(st.binary(max_size=300))
def test_any_bytes_are_of_a_kind_that_is_taken_or_of_none(content: bytes) -> None:
    assert kinds.media_type(content) in {"", *kinds.ENDINGS}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML, "../../../etc/passwd"),
        (SVG, "picture.svg"),
        (b"%PDF-1.7 <script>", 'a";\r\nX-Evil: 1.html'),
        (picture(), "photo.html"),
    ],
)
def test_what_was_sent_is_handed_out_to_be_saved_and_never_shown(
    case: Subject, owner: Client, content: bytes, name: str
) -> None:
    assert send(owner, content, name).status_code == 302  # type: ignore[attr-defined]
    upload = Upload.objects.get()
    response = owner.get(f"/en/files/{upload.pk}/")
    assert response.content == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    ending = kinds.ENDINGS[upload.media_type]
    assert response["Content-Disposition"] == (
        f'attachment; filename="document-{upload.document_id}.{ending}"'
    )
    assert "X-Evil" not in response
    assert response["Cache-Control"] == "no-store"
    kept = Path(settings.HABEAS_HOME) / "documents" / upload.sha256[:2] / upload.sha256
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o077 == 0
    assert case.filed.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00\x03", "Files of this kind are not taken"),
        (b"", "This file is empty"),
        (b"x" * (kinds.MOST_BYTES + 1), "at most 25 MB"),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_is_not_taken_leaves_nothing_and_keeps_what_was_typed(
    owner: Client, content: bytes, words: str
) -> None:
    response = send(owner, content, title="Протокол № 1")
    assert response.status_code == 422  # type: ignore[attr-defined]
    page = response.content.decode()  # type: ignore[attr-defined]
    assert words in page or "larger than 25 MB" in page
    assert "Протокол № 1" in page
    assert not Upload.objects.exists()
    assert not Document.objects.exists()


def test_a_picture_is_drawn_anew_without_what_its_file_hides(case: Subject, owner: Client) -> None:
    trojan = picture() + HTML
    assert send(owner, trojan, photo="on").status_code == 302  # type: ignore[attr-defined]
    photo = Photo.objects.get()
    response = owner.get(f"/en/photos/{photo.pk}/")
    assert response["Content-Type"] == "image/jpeg"
    assert b"script" not in response.content
    assert b"Camera of the family" in trojan
    assert b"Camera of the family" not in response.content
    with Image.open(io.BytesIO(response.content)) as drawn:
        assert drawn.size == (photo.width, photo.height) == (480, 320)
        assert not drawn.getexif()
    assert f"/en/photos/{photo.pk}/" in owner.get(f"/en/cases/{case.code}/").content.decode()


@pytest.mark.parametrize("content", [b"%PDF-1.7", HTML, b"\xff\xd8\xff" + b"junk" * 50])
@pytest.mark.usefixtures("case")
def test_what_is_no_picture_is_not_shown_as_one(owner: Client, content: bytes) -> None:
    response = send(owner, content, photo="on")
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert not Photo.objects.exists()
    assert not Upload.objects.exists()


def test_a_picture_of_too_many_pixels_is_left_undrawn() -> None:
    assert pictures.drawn(picture("PNG", (9000, 9000))) is None


def test_bytes_that_changed_on_disk_are_not_handed_out(case: Subject, owner: Client) -> None:
    upload = taking.take(case, taking.Sent(b"%PDF-1.7 true", "a.pdf"), HAND)
    path = Path(settings.HABEAS_HOME) / "documents" / upload.sha256[:2] / upload.sha256
    path.write_bytes(b"%PDF-1.7 false")
    response = owner.get(f"/en/files/{upload.pk}/")
    assert response.status_code == 500
    assert "no longer those that were taken" in response.content.decode()
    path.unlink()
    assert owner.get(f"/en/files/{upload.pk}/").status_code == 500


def test_bytes_that_were_removed_by_policy_are_said_to_be(case: Subject, owner: Client) -> None:
    upload = taking.take(case, taking.Sent(b"%PDF-1.7 to be removed", "a.pdf"), HAND)
    removed = keeping.remove([upload.sha256], reason=Reason.CONSENT, by="owner")
    assert removed.files == 1
    assert keeping.read(upload.sha256) is None
    response = owner.get(f"/en/files/{upload.pk}/")
    assert response.status_code == 410
    page = response.content.decode()
    assert "It was removed by policy on" in page
    assert "Bring back" not in page
    assert owner.get(f"/en/documents/{upload.document_id}/").status_code == 200


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_taken_down(
    case: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EvidenceNotWritten, match="No space left"):
        taking.take(case, taking.Sent(b"%PDF-1.7 new", "a.pdf"), HAND)
    assert not Document.objects.exists()
    assert not list(Path(settings.HABEAS_HOME).glob("documents/*/*.part"))


def test_the_same_bytes_lie_there_once(case: Subject) -> None:
    one = taking.take(case, taking.Sent(b"%PDF-1.7 same", "a.pdf"), HAND)
    two = taking.take(case, taking.Sent(b"%PDF-1.7 same", "b.pdf"), HAND)
    assert one.sha256 == two.sha256
    assert keeping.read(one.sha256) == b"%PDF-1.7 same"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of its own, so that its documents are only those of the test."""
    with override_settings(HABEAS_HOME=tmp_path / "home"):
        yield tmp_path / "home"


def _rows() -> list[dict[str, Any]]:
    log = (_documents() / "seals/log/00000001.jsonl").read_bytes()
    return [json.loads(line) for line in log.splitlines()]


def _documents() -> Path:
    return Path(settings.HABEAS_HOME) / "documents"


def _verified(folder: Path) -> tuple[int, dict[str, str]]:
    """Return the exit code and the result of each check of `habeas verify`, run as a user would."""
    done = subprocess.run(
        [sys.executable, "-m", "habeas.cli", "verify", str(folder), "--json"],
        env={**os.environ, "HABEAS_HOME": str(folder.parent)},
        capture_output=True,
        check=False,
        text=True,
    )
    report = json.loads(done.stdout)
    return done.returncode, {one["name"]: one["state"] for one in report["checks"]}


def _by_the_stranger(folder: Path) -> set[str]:
    """Return the checks that do not hold by the file for strangers."""
    script = Path(stranger.__file__)
    done = subprocess.run(
        [sys.executable, "-I", str(script), str(folder), "--json"],
        capture_output=True,
        check=False,
        text=True,
    )
    checks = json.loads(done.stdout)["checks"]
    return {one["name"] for one in checks if one["state"] == "broken"}


@pytest.mark.usefixtures("home")
def test_an_upload_is_sealed_by_the_users_key_and_its_custody_told(
    case: Subject, owner: Client
) -> None:
    secret = "%PDF-1.7 протокол Вымышленова".encode()
    upload = taking.take(case, taking.Sent(secret, "Вымышленов.pdf"), HAND)
    taking.take(case, taking.Sent(secret, "again.pdf"), HAND)
    owner.get(f"/en/files/{upload.pk}/")
    rows = _rows()
    items = [row["manifest"]["item"] for row in rows if "manifest" in row]
    (sealed,) = [item for item in items if item["kind"] == "document"]
    assert (sealed["sha256"], sealed["bytes"]) == (upload.sha256, len(secret))
    events = [(row["event"], row["by"]["name"]) for row in rows if "event" in row]
    assert events == [("received", "owner"), ("received", "owner"), ("copied", "owner")]
    # Neither the name of the file nor anything in it goes into the log.
    log = (_documents() / "seals/log/00000001.jsonl").read_text("utf-8")
    assert "Вымышленов" not in log
    code, checks = _verified(_documents())
    # Nobody was allowed to be asked for a timestamp, and that is all that is missing.
    assert (code, [one for one in checks if checks[one] != "held"]) == (3, ["stamp.required"])
    assert _by_the_stranger(_documents()) == set()


@pytest.mark.usefixtures("home")
def test_a_changed_byte_in_an_uploaded_document_is_noticed(case: Subject) -> None:
    upload = taking.take(case, taking.Sent(b"%PDF-1.7 detained at 14:10", "a.pdf"), HAND)
    path = _documents() / upload.sha256[:2] / upload.sha256
    path.write_bytes(b"%PDF-1.7 detained at 19:10")
    code, checks = _verified(_documents())
    assert code == 1
    assert checks["item.bytes"] == "broken"
    assert "item.bytes" in _by_the_stranger(_documents())
    path.unlink()
    code, checks = _verified(_documents())
    assert code == 1
    assert checks["item.present"] == "broken"
    assert "item.present" in _by_the_stranger(_documents())


@pytest.mark.usefixtures("home")
def test_a_document_that_nobody_sealed_is_noticed_and_sealed_late_only_if_whole(
    case: Subject,
) -> None:
    """What a kill between bytes and seal leaves, what somebody slips in, and old uploads."""
    taking.take(case, taking.Sent(b"%PDF-1.7 first", "a.pdf"), HAND)
    whole = _laid(b"%PDF-1.7 before there were seals", b"%PDF-1.7 before there were seals")
    slipped = _laid(b"%PDF-1.7 other bytes", b"%PDF-1.7 than its name says")
    code, checks = _verified(_documents())
    assert (code, checks["item.unsealed"]) == (3, "could not check")
    keeping._opened.clear()
    taking.take(case, taking.Sent(b"%PDF-1.7 next", "b.pdf"), HAND)
    rows = _rows()
    late = [row["manifest"]["item"] for row in rows if "manifest" in row]
    assert [one["file"] for one in late if one.get("late")] == [whole]
    named = [row["item"] for row in rows if row.get("event") == "unfinished"]
    assert named == [slipped]
    assert _verified(_documents())[1]["item.unsealed"] == "could not check"


def _laid(named_after: bytes, content: bytes) -> str:
    """Lay bytes among the documents past the program; return the path in the store."""
    digest = hashlib.sha256(named_after).hexdigest()
    path = _documents() / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return f"{digest[:2]}/{digest}"


@pytest.mark.usefixtures("home")
def test_a_disk_that_fills_up_in_the_log_takes_nothing_down_and_loses_nothing(
    case: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking.take(case, taking.Sent(b"%PDF-1.7 first", "a.pdf"), HAND)
    real = os.write

    def full(descriptor: int, content: memoryview) -> int:
        if b'"event":"received"' in bytes(content):
            raise OSError(28, "No space left on device")
        return real(descriptor, content)

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(EvidenceNotSealed, match="No space left"):
            taking.take(case, taking.Sent(b"%PDF-1.7 second", "b.pdf"), HAND)
    assert Upload.objects.count() == 1
    taking.take(case, taking.Sent(b"%PDF-1.7 second", "b.pdf"), HAND)
    code, checks = _verified(_documents())
    # Nobody was allowed to be asked for a timestamp, and that is all that is missing.
    assert (code, [one for one in checks if checks[one] != "held"]) == (3, ["stamp.required"])


@pytest.mark.usefixtures("home")
def test_a_lost_key_refuses_an_upload_and_says_so_on_the_page(case: Subject, owner: Client) -> None:
    taking.take(case, taking.Sent(b"%PDF-1.7 first", "a.pdf"), HAND)
    for key in (Path(settings.HABEAS_HOME) / "keys").glob("*.key"):
        key.unlink()
    keeping._opened.clear()
    response = send(owner, b"%PDF-1.7 second", title="Протокол № 2")
    assert response.status_code == 422  # type: ignore[attr-defined]
    page = response.content.decode()  # type: ignore[attr-defined]
    assert "Протокол № 2" in page
    assert "key" in page
    assert Upload.objects.count() == 1


def test_refusals_say_what_to_do() -> None:
    with pytest.raises(UploadRefused, match=r"it is empty\. Nothing of it was kept\. Send a PDF"):
        taking.checked(b"")


_SAVER = """
import sys
sys.path.insert(0, {support!r})
import django_ready, os
from pathlib import Path
django_ready.use(Path({database!r}))
from django.conf import settings
settings.HABEAS_HOME = {home!r}
from habeas.cases.documents import taking
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand
from datetime import datetime, UTC
case = Subject.objects.get(code="H7K3M")
for n in range(10_000):
    content = b"%PDF-1.7 " + str(n).encode() * 60_000
    taking.take(case, taking.Sent(content, f"{{n}}.pdf"), Hand("owner", datetime.now(UTC)))
    print("taken", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kills with a signal")
def test_killed_while_saving_it_is_there_whole_or_not_at_all(case: Subject, tmp_path: Path) -> None:
    from django.db import connection

    home = tmp_path / "home"
    script = _SAVER.format(
        support=str(Path(__file__).parents[1] / "support"),
        database=str(connection.settings_dict["NAME"]),
        home=str(home),
    )
    for pause in (0.0, 0.02):
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as saver:
            assert saver.stdout is not None
            # Killed in the middle of its work: it says when a file was taken, and goes on.
            assert saver.stdout.readline() == b"taken\n"
            time.sleep(pause)
            saver.send_signal(signal.SIGKILL)
    uploads = list(Upload.objects.all())
    assert uploads
    for one in uploads:
        kept = home / "documents" / one.sha256[:2] / one.sha256
        assert kept.stat().st_size == one.size
        assert one.document.filed.filter(subject=case).exists()
    assert Document.objects.count() == len(uploads)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)


def test_what_a_document_repeats_and_how_far_it_went(case: Subject, owner: Client) -> None:
    from habeas.cases.statements import recording

    first, copy = document("Ozodi"), document("Asia-Plus")
    for one in (first, copy):
        recording.file(case, one, HAND)
    address = f"/en/documents/{copy.pk}/"
    sent = {"form": "repeat", "original": first.pk, "holds": "yes", "ground": "names it"}
    assert owner.post(address, sent).status_code == 302
    reach = {
        "form": "reach",
        "reach-metric": "views",
        "reach-number": "120000",
        "reach-about": "24.11.2026",
        "reach-speaker": "the site",
    }
    assert owner.post(address, reach).status_code == 302
    page = owner.get(address).content.decode()
    assert "names it" in page
    assert "120000" in page
    bad = owner.post(address, reach | {"reach-number": "many"})
    assert bad.status_code == 422
    assert "Write a number." in bad.content.decode()
    stranger = document("Of another case")
    assert owner.post(address, sent | {"original": stranger.pk}).status_code == 422
