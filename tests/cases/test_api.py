"""The addresses for programs: who may ask, what is answered, what is taken down once."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from agreed import agreed
from case_story import NAME, NOW, invented, say
from django.contrib.auth.models import User
from django.test import Client, override_settings
from site_story import account
from team_story import member

from habeas.cases.api import tokens
from habeas.cases.api.models import Token
from habeas.cases.statements.models import Statement, Subject
from habeas.site import serving

_FUZZER = Path(__file__).parents[2] / ".venv-oracles/bin/schemathesis"
WRITTEN = {"property": "note", "value": "видели у моста", "speaker": "Сестра", "role": "family"}


def token(*, writes: bool = False, days: float = 1, user: User | None = None) -> str:
    return tokens.new_token(
        user or account(), "a program", NOW + timedelta(days=days), writes=writes
    )


def asked(address: str, shown: str = "", **headers: str) -> Any:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    sent = {"Authorization": f"Bearer {shown}"} if shown else {}
    return client.get(f"/api/v1/{address}", headers={**sent, **headers})


def told(
    case: Subject, shown: str, body: dict[str, Any] | None = None, key: str = "key-00001"
) -> Any:
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    return client.post(
        f"/api/v1/people/{case.code}/statements",
        json.dumps(WRITTEN if body is None else body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {shown}", "Idempotency-Key": key},
    )


ADDRESSES = ["people", "people/H7K3M", "people/H7K3M/statements", "people/H7K3M/consents",
             "people/H7K3M/left"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_live_token_nothing_is_answered(case: Subject, address: str) -> None:
    live, old = token(), token(days=-1)
    gone = token()
    Token.objects.filter(digest=tokens._digest(gone)).update(withdrawn_at=NOW)
    idle = User.objects.create(username="left the team", is_active=False)
    for shown in ("", "x", live[:-1], old, gone, token(user=idle)):
        response = asked(address, shown)
        assert response.status_code == 401
        assert case.code not in response.content.decode()
    assert asked(address, live).status_code == 200


def test_a_session_of_a_browser_opens_nothing_here(case: Subject, owner: Client) -> None:
    assert owner.get(f"/api/v1/people/{case.code}").status_code == 401
    sent = owner.post(f"/api/v1/people/{case.code}/statements", json.dumps(WRITTEN),
                      content_type="application/json")  # fmt: skip
    assert sent.status_code == 401
    assert not Statement.objects.filter(property="note").exists()


def test_a_person_is_answered_with_names_and_where_they_are_believed_to_be(case: Subject) -> None:
    say(case, "custody", "in_custody", about="2026-11-23", details={"place": "СИЗО"})
    found = asked(f"people/{case.code}", token()).json()
    assert found["names"] == [NAME]
    assert (found["custody"], found["place"]) == ("in_custody", "СИЗО")
    statement = asked(f"people/{case.code}/statements", token()).json()["statements"][0]
    assert statement["speaker"] == "Sister"


def test_lists_are_read_part_by_part_and_hold_everybody_once(case: Subject) -> None:
    codes = {case.code, *(invented(f"N{n}", f"Выдуман Номер{n}").code for n in range(7))}
    shown, after, seen = token(), "", []
    while True:
        part = asked(f"people?limit=3&after={after}", shown).json()
        seen += [one["code"] for one in part["people"]]
        if part["next"] is None:
            break
        after = part["next"]
    assert sorted(seen) == sorted(codes)


def test_what_was_taken_back_is_not_answered(case: Subject) -> None:
    first = say(case, "note", "неверно")
    say(case, "note", "верно", supersedes=first)
    found = asked(f"people/{case.code}/statements", token()).json()
    assert [one["value"] for one in found["statements"]] == ["верно"]


def test_a_statement_is_taken_down_with_its_speaker_by_whom_the_token_belongs_to(
    case: Subject,
) -> None:
    response = told(case, token(writes=True))
    assert response.status_code == 201, response.content
    row = Statement.objects.get(pk=response.json()["id"])
    assert (row.value, row.speaker, row.recorded_by) == ("видели у моста", "Сестра", "owner")


def test_the_same_request_sent_again_is_answered_and_not_done_again(case: Subject) -> None:
    shown = token(writes=True)
    answers = [told(case, shown).content for _ in range(3)]
    assert len(set(answers)) == 1
    assert Statement.objects.filter(property="note").count() == 1
    other = told(case, shown, WRITTEN | {"value": "другое"})
    assert other.status_code == 409
    assert told(case, shown, key="key-00002").status_code == 201


def test_a_token_that_may_only_read_takes_nothing_down(case: Subject) -> None:
    assert told(case, token()).status_code == 403
    assert not Statement.objects.filter(property="note").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"recorded_by": "somebody"},
        {"subject": 1},
        {"id": 7},
        {"speaker": "  "},
        {"role": "president"},
        {"about": "yesterday"},
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"value": "a\x00b"},
        {"property": "Note!"},
        {"property": "count", "value": "12"},
        {"property": "custody", "value": "somewhere"},
        {"property": "born", "value": "long ago"},
        {"supersedes": 10**6},
    ],
)
def test_what_is_not_as_described_is_refused_whole(case: Subject, change: dict[str, Any]) -> None:
    before = Statement.objects.count()
    response = told(case, token(writes=True), WRITTEN | change)
    assert response.status_code == 422, response.content
    assert set(response.json()) == {"happened", "kept", "advice"}
    assert Statement.objects.count() == before


def test_a_statement_of_another_person_cannot_be_corrected_from_here(case: Subject) -> None:
    other = say(invented("ZZ9", "Другой Человек"), "note", "тайна")
    response = told(case, token(writes=True), WRITTEN | {"supersedes": other.pk})
    assert response.status_code == 422
    assert "тайна" not in response.content.decode()


def test_who_asks_too_often_is_told_how_long_to_wait(case: Subject) -> None:
    del case
    shown = token()
    with override_settings(HABEAS_API_MOST=3):
        assert [asked("people", shown).status_code for _ in range(4)] == [200, 200, 200, 429]
        response = asked("people", shown)
        assert 0 < int(response["Retry-After"]) <= 60
        assert asked("people", token()).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_a_case_that_is_not_yours_is_answered_like_one_that_is_not_there(
    case: Subject, address: str
) -> None:
    other = invented("ZZ9", "Другой Человек")
    member("stranger", "editor", other)
    shown = token(writes=True, user=User.objects.get(username="stranger"))
    hidden, missing = asked(address, shown), asked(address.replace(case.code, "QQQQQ"), shown)
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert [one["code"] for one in asked("people", shown).json()["people"]] == ["ZZ9"]
    assert told(case, shown).status_code == 404
    assert told(other, shown).status_code == 201


def test_a_reader_writes_nothing_though_the_token_may(case: Subject) -> None:
    member("reader", "reader", case)
    shown = token(writes=True, user=User.objects.get(username="reader"))
    assert asked(f"people/{case.code}", shown).status_code == 200
    assert told(case, shown).status_code == 403
    assert not Statement.objects.filter(property="note").exists()


def test_a_consent_that_is_missing_says_why(case: Subject) -> None:
    agreed(case, "un", given=False)
    found = {one["use"]: one for one in asked(f"people/{case.code}/consents", token()).json()}
    assert found["un"] == {"use": "un", "holds": False, "missing": "refused"}
    assert found["lawyer"]["missing"] == "never"


def test_a_token_is_shown_once_and_taken_back_by_its_owner_alone(
    case: Subject, owner: Client
) -> None:
    del case
    page = owner.post("/en/tokens/", {"name": "counter of beds", "may": "write", "days": "7"})
    shown = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert asked("people", shown).status_code == 200
    assert shown not in owner.get("/en/tokens/").content.decode()
    row = Token.objects.get()
    assert shown not in json.dumps(list(Token.objects.values()), default=str)
    stranger = Client(SERVER_NAME="127.0.0.1")
    stranger.force_login(User.objects.create(username="somebody else"))
    assert stranger.post(f"/en/tokens/{row.pk}/withdraw/").status_code == 404
    assert "counter of beds" not in stranger.get("/en/tokens/").content.decode()
    assert asked("people", shown).status_code == 200
    owner.post(f"/en/tokens/{row.pk}/withdraw/")
    assert asked("people", shown).status_code == 401


@pytest.fixture
def served(case: Subject) -> Iterator[tuple[str, str]]:
    """A real server with the case, and a token that may write."""
    say(case, "note", "сказано")
    shown = token(writes=True)
    bound = serving.listening()
    running = serving.server(bound)
    thread = threading.Thread(target=running.run)
    thread.start()
    with override_settings(HABEAS_API_MOST=10**9):
        yield f"http://127.0.0.1:{bound.getsockname()[1]}", shown
        serving.stop(running)
        thread.join(timeout=20)
    assert not thread.is_alive()


@pytest.mark.skipif(not _FUZZER.exists(), reason="the oracles' environment is not there")
def test_no_request_that_the_document_allows_breaks_the_server(
    served: tuple[str, str], tmp_path: Path
) -> None:
    """Schemathesis asks what the OpenAPI document describes, and what it forbids."""
    address, shown = served
    checks = (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
    done = subprocess.run(
        [_FUZZER, "run", f"{address}/api/v1/openapi.json", "-H", f"Authorization: Bearer {shown}",
         "--checks", ",".join(checks), "--max-examples", "40", "--seed", "7",
         "--phases", "examples,coverage,fuzzing", "--no-color"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=240,
        env=os.environ | {"NO_PROXY": "127.0.0.1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
