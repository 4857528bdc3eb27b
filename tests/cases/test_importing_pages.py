"""The pages of imports, and who may not see them. Invented people."""

import gzip
import io
from pathlib import Path

import pytest
from case_story import invented
from django.contrib.auth.models import User
from django.test import Client
from import_story import HAND, LIST
from team_story import member

from habeas.cases.access import members
from habeas.cases.importing import deciding
from habeas.cases.importing.counted import counted
from habeas.cases.importing.models import Decision, Import, Row


@pytest.fixture(autouse=True)
def _fresh(database: Path) -> None:
    del database


def sent_by(client: Client, content: str, **more: str) -> str:
    file = io.BytesIO(content.encode())
    file.name = "=cmd()<script>.csv"
    response = client.post(
        "/en/imports/",
        {"file": file, "speaker": "Центр Выдумки", "role": "monitor", **more},
    )
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def test_from_the_file_to_the_result_on_pages(owner: Client) -> None:
    there = invented(name="Выдумов Небыл Вымышленович")
    address = sent_by(owner, LIST)
    shown = owner.get(address).content.decode()
    assert "Любимый цвет: note, under its heading" in shown.replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    assert "Not understood, kept as a note" in shown
    assert f'value="{there.code}"' in shown
    assert "<script>." not in shown
    first = Row.objects.get(number=1)
    owner.post(f"/en/imports/rows/{first.pk}/", {"answer": there.code})
    owner.post(f"{address}group/", {"group": "alone"})
    owner.post(f"{address}group/", {"group": "rest"})
    owner.post(f"{address}apply/")
    now = counted(first.imported)
    assert (now.imported, now.left_out, now.failed, now.done) == (2, 1, 0, True)
    assert there.statements.filter(property="custody_place").exists()
    assert owner.get(f"{address}undo/").status_code == 200
    owner.post(f"{address}undo/")
    assert "taken back" in owner.get(address).content.decode()


def test_columns_are_chosen_on_a_page_and_nothing_else_is_set_by_it(owner: Client) -> None:
    address = sent_by(owner, LIST)
    chosen = {"column-0": "name", "column-1": "note", "column-2": "note", "column-3": "marks"}
    hostile = {"speaker": "чужой", "by": "чужой", "sha256": "0" * 64, "column-9": "name"}
    assert owner.post(f"{address}columns/", chosen | hostile).status_code == 302
    imported = Import.objects.get()
    assert (imported.by, imported.speaker) == ("owner", "Центр Выдумки")
    assert deciding.mapping_of(imported)["Любимый цвет"] == "marks"
    assert owner.post(f"{address}columns/", chosen | {"column-0": "recorded_by"}).status_code == 422


def test_another_members_import_is_not_there_for_anybody_else(owner: Client) -> None:
    address = sent_by(owner, LIST)
    first = Row.objects.get(number=1)
    stranger = Client(SERVER_NAME="127.0.0.1")
    stranger.force_login(User.objects.create(username="volunteer"))
    for path in ("", "columns/", "undo/"):
        assert stranger.get(f"{address}{path}").status_code == 404
    for path in ("columns/", "group/", "apply/", "undo/"):
        assert stranger.post(f"{address}{path}", {"group": "rest"}).status_code == 404
    assert stranger.post(f"/en/imports/rows/{first.pk}/", {"answer": "new"}).status_code == 404
    assert "Your imports" not in stranger.get("/en/imports/").content.decode()
    assert not Decision.objects.exists()


def test_a_file_that_is_refused_says_why_and_what_to_do(owner: Client) -> None:
    file = io.BytesIO(b'<!DOCTYPE a [<!ENTITY x "y">]><a/>')
    file.name = "x.xml"
    response = owner.post("/en/imports/", {"file": file, "speaker": "x", "role": "media"})
    assert response.status_code == 422
    assert "declares entities" in response.content.decode()


def test_a_page_of_full_rows_with_doubles_stays_light(owner: Client) -> None:
    for number in range(5):
        invented(code=f"H{number}", name="Выдумов Небыл Вымышленович")
    line = "Выдумов Небыл Вымышленович;весной 1984;ОВД Мельничный;синий;+79990001122;20.2\n"
    content = "ФИО;Дата рождения;Где содержится;Цвет;Телефон;Статья\n" + line * 30
    shown = owner.get(sent_by(owner, content)).content
    assert b"?page=2" in shown
    assert len(gzip.compress(shown)) <= 30_000
    assert len(shown) <= 90_000


def test_whom_a_member_may_not_see_is_neither_proposed_nor_taken_back_by_them() -> None:
    there = invented(name="Выдумов Небыл Вымышленович")
    by = member("sado", "editor", there)
    address = sent_by(by, LIST)
    assert f'value="{there.code}"' in by.get(address).content.decode()
    first = Row.objects.get(number=1)
    by.post(f"/en/imports/rows/{first.pk}/", {"answer": there.code})
    by.post(f"{address}apply/")
    kept = there.statements.count()
    members.withdraw(there, "sado", HAND)
    page = by.get(address).content.decode()
    assert there.code not in page
    by.post(f"{address}undo/")
    assert there.statements.count() == kept
    never = member("nobody", "editor", invented("QQ7", "Другой Человек"))
    assert there.code not in never.get(sent_by(never, LIST)).content.decode()
