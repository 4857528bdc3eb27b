"""A copy to hand on: without what its file had hidden; the original stays."""

import io

import pytest
from case_story import NOW
from django.test import Client
from PIL import Image

from habeas.cases.documents import keeping, taking
from habeas.cases.documents.models import Upload
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand

HAND = Hand("owner", NOW)


def picture() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CanaryPhone"
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_the_copy_has_the_picture_and_nothing_hidden_and_the_original_stays(
    case: Subject, owner: Client
) -> None:
    sent = picture()
    upload = taking.take(case, taking.Sent(sent, "a.jpg"), HAND)
    page = owner.get(f"/en/files/{upload.pk}/copy/").content.decode()
    assert "The original stays as it was kept." in page
    assert (
        f"/en/files/{upload.pk}/copy/"
        in owner.get(f"/en/documents/{upload.document_id}/").content.decode()
    )
    response = owner.post(f"/en/files/{upload.pk}/copy/")
    assert b"CanaryPhone" in sent
    assert b"CanaryPhone" not in response.content
    assert Image.open(io.BytesIO(response.content)).size == (40, 30)
    assert "a.jpg" not in response["Content-Disposition"]
    assert keeping.read(upload.sha256) == sent
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_stripped_is_not_handed_on(
    case: Subject, owner: Client, method: str
) -> None:
    upload = taking.take(case, taking.Sent("Показания Выдумова".encode(), "a.txt"), HAND)
    response = getattr(owner, method)(f"/en/files/{upload.pk}/copy/")
    assert response.status_code == 422
    assert "Показания" not in response.content.decode()
    assert "habeas cannot strip files of this kind" in response.content.decode()
