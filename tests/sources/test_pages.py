"""Every failure that answers like an empty list must be typed, and nothing else may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.sources.contract import Capture, Obstacle, Outcome, PageKind
from habeas.sources.pages import BODY_LIMIT_BYTES, cut_short, failure, obstacle

MENU = "<ul>" + "<li><a href='/x'>Судебное делопроизводство</a></li>" * 120 + "</ul>"


def page(inner: str, *, menu: str = MENU) -> Capture:
    text = f"<html><head><title>Суд</title></head><body>{menu}{inner}</body></html>"
    return Capture(text.encode(), content_type="text/html; charset=utf-8", status=200)


# The soft failures at HTTP 200 that two public page classifiers of sudrf.ru know.
SENTENCES = {
    "Данных по запросу не обнаружено.": PageKind.EMPTY_UNCONFIRMED,
    "Данных по запросу не найдено": PageKind.EMPTY_UNCONFIRMED,
    "Ничего не найдено": PageKind.EMPTY_UNCONFIRMED,
    "Введите код с картинки": PageKind.CAPTCHA_REJECTED,
    "Неверно указан проверочный код": PageKind.CAPTCHA_REJECTED,
    "Время жизни сессии закончилось": PageKind.EXPIRED,
    "НЕВЕРНЫЙ ФОРМАТ ЗАПРОСА!": PageKind.BAD_QUERY,
    "Указанный сервер СДП не найден": PageKind.BAD_QUERY,
    "Информация временно недоступна": PageKind.DOWN,
    "Warning: pg_connect(): Unable to connect": PageKind.DOWN,
    "производится информационное наполнение сайта": PageKind.DOWN,
    "Данный модуль неактивен": PageKind.DOWN,
    "В связи с проведением работ сайт закрыт": PageKind.DOWN,
    "Этот запрос заблокирован по соображениям безопасности": PageKind.BLOCKED,
    "Возможно, она была удалена или перемещена": PageKind.GONE,
}


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("frame", ['<div id="error">{}</div>', "<p>{}</p>", "<td>{}<br></td>"])
@pytest.mark.parametrize("menu", [MENU, ""], ids=["in a site frame", "alone"])
def test_a_soft_failure_is_typed_and_never_an_absence(sentence: str, frame: str, menu: str) -> None:
    found = failure(page(frame.format(sentence), menu=menu), "x")
    assert found is not None
    assert found.kind is SENTENCES[sentence]
    assert found.outcome is Outcome.COULD_NOT_LOOK
    assert sentence in found.explanation


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_same_words_beside_entries_or_in_a_link_are_no_failure(sentence: str) -> None:
    entries = f"<table id=tablcont><tr><td>5-1/2026<td>{sentence}</table>"
    assert failure(page(entries), "x") is None
    assert failure(page(f"<p><a href='/help'>{sentence}</a></p>"), "x") is None
    assert failure(page(f"<script>var s = '{sentence}';</script>"), "x") is None


@pytest.mark.parametrize("how", ["hidden", "style='display: none'", "style='DISPLAY:NONE'"])
def test_words_that_nobody_sees_are_no_failure_but_the_visible_ones_are(how: str) -> None:
    unseen = f"<div {how}><p>Ничего не найдено</p></div>"
    assert failure(page(unseen), "x") is None
    found = failure(page(unseen + "<p>Информация временно недоступна</p>"), "x")
    assert found is not None
    assert found.obstacle is Obstacle.DOWN
    late = failure(page(unseen + "<p>Ничего не найдено.</p>"), "x")
    assert late is not None
    assert late.obstacle is Obstacle.UNCONFIRMED_EMPTY


def test_a_long_text_that_quotes_a_failure_is_not_one() -> None:
    act = "Суд установил: на сайте значилось, что информация временно недоступна. " * 30
    assert failure(page(f"<p>{act}</p>"), "x") is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Obstacle.BLOCKED),
        (403, Obstacle.BLOCKED),
        (429, Obstacle.BLOCKED),
        (451, Obstacle.BLOCKED),
        (404, Obstacle.GONE),
        (410, Obstacle.GONE),
        (400, Obstacle.BAD_QUERY),
        (408, Obstacle.DOWN),
        (500, Obstacle.DOWN),
        (503, Obstacle.DOWN),
        (302, Obstacle.INCOMPLETE),
        (206, Obstacle.INCOMPLETE),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html><body>text</body></html>"])
def test_a_status_is_typed_with_and_without_a_body(
    status: int, reason: Obstacle, body: bytes
) -> None:
    found = failure(Capture(body, status=status), "x")
    assert found is not None
    assert found.obstacle is reason


def test_an_empty_answer_is_incomplete() -> None:
    for body in (b"", b" \r\n"):
        found = failure(Capture(body, status=200), "x")
        assert found is not None
        assert found.obstacle is Obstacle.INCOMPLETE


def test_a_captcha_form_is_known_by_its_form_and_not_by_the_word() -> None:
    form = (
        "<h3>Необходимо пройти дополнительную проверку</h3><form id='kcaptchaForm'>"
        "<img src='/captcha.php'><input type='text' name='captcha-response'></form>"
    )
    found = failure(page(form), "x")
    assert found is not None
    assert found.kind is PageKind.CAPTCHA_FORM
    assert found.facts["image"] == "/captcha.php"
    assert found.facts["input"] == "captcha-response"
    subscription = "<div class='card-sud'>…</div><div class='smart-captcha'></div>"
    assert failure(page(subscription), "x") is None
    assert failure(page("<p>captcha</p>"), "x") is None


def test_a_search_form_with_digits_is_a_captcha_only_without_entries() -> None:
    form = "<form><img src='data:image/png;base64,AA'><input name='captcha'>"
    form += "<input type='hidden' name='captchaid' value='abc'></form>"
    found = failure(page(form), "x")
    assert found is not None
    assert found.obstacle is Obstacle.CAPTCHA
    assert found.facts["captcha_id"] == "abc"
    assert failure(page(form + "<table id='tablcont'><tr><td>5-1/2026</table>"), "x") is None


@pytest.mark.parametrize(
    "mark", ["/__qrator/qauth.js", "/ddos-guard/js", "/qaptcha.js", "/cdn-cgi/challenge-platform/x"]
)
@pytest.mark.parametrize("status", [200, 401, 503, None])
def test_a_shield_is_a_block_at_any_status(mark: str, status: int | None) -> None:
    text = f"<html><head><script src='{mark}'></script></head><body></body></html>"
    found = failure(Capture(text.encode(), status=status), "x")
    assert found is not None
    assert found.obstacle is Obstacle.BLOCKED


def test_a_script_of_a_shield_on_a_full_page_is_no_block() -> None:
    assert failure(page("<script src='/__qrator/qauth.js'></script>"), "x") is None


def test_a_title_with_a_status_is_believed_on_a_short_page() -> None:
    found = failure(Capture(b"<title>502 Bad Gateway</title><hr>nginx"), "x")
    assert found is not None
    assert found.obstacle is Obstacle.DOWN


MAINTENANCE = "В связи с проведением работ сайт временно недоступен."


@pytest.mark.parametrize(
    "body",
    [
        MAINTENANCE.encode(),
        MAINTENANCE.encode("windows-1251"),
        MAINTENANCE.encode().decode("latin-1").encode(),
    ],
    ids=["utf-8", "windows-1251", "encoded twice"],
)
@pytest.mark.parametrize("header", ["text/html", "text/html; charset=iso-8859-1"])
def test_maintenance_is_known_in_any_dress(body: bytes, header: str) -> None:
    found = failure(Capture(b"<p>" + body + b"</p>", status=200, content_type=header), "x")
    assert found is not None
    assert found.obstacle is Obstacle.DOWN


@pytest.mark.parametrize(
    "broken",
    [
        # cp1251 read as latin-1 and encoded again: no decoder undoes it
        "Привлекаемое лицо Выдумов Назар".encode("windows-1251").decode("latin-1"),
        # UTF-8 read as cp1251 and encoded again
        "Привлекаемое лицо Выдумов Назар".encode().decode("windows-1251", "replace"),
        "\ufffd" * 12,
    ],
    ids=["latin-1", "cp1251", "holes"],
)
def test_lost_letters_are_an_obstacle_even_beside_entries(broken: str) -> None:
    rows = f"<tr><td>5-1/2026<td>{broken}" * 6
    found = failure(page(f"<table id='tablcont'>{rows}</table>", menu=""), "x")
    assert found is not None
    assert found.obstacle is Obstacle.ENCODING


def test_french_german_and_tajik_pages_are_not_garbled() -> None:
    for text in (
        "Élève à Besançon déjà où naïve ÀÉÈÊ ",
        "Größe Übermäßig ",
        "Ҷумҳурии Тоҷикистон ",
    ):
        assert failure(page(f"<p>{text * 40}</p>", menu=""), "x") is None


def test_a_body_above_the_limit_is_not_parsed() -> None:
    found = failure(Capture(b" " * (BODY_LIMIT_BYTES + 1), status=200), "x")
    assert found is not None
    assert found.obstacle is Obstacle.TOO_LARGE


def test_a_cut_page_is_seen() -> None:
    whole = page("<p>x</p>")
    assert not cut_short(whole)
    assert cut_short(Capture(whole.body[:-9]))
    assert cut_short(Capture(whole.body, complete=False))
    assert not cut_short(Capture(b"<table><tr><td>x</table>"))
    assert not cut_short(Capture(whole.body + b"\n<!-- saved from somewhere -->"))


def test_an_obstacle_page_has_the_kind_of_its_reason() -> None:
    assert obstacle("x", Obstacle.GONE, "…").kind is PageKind.GONE
    assert obstacle("x", Obstacle.LAYOUT_CHANGED, "…").kind is PageKind.UNKNOWN


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, 200, 404, 500, 999]))
def test_no_bytes_make_it_raise_or_prove_an_absence(body: bytes, status: int | None) -> None:
    for head in (b"", b"<html><body>", "<div id='error'>Ошибка".encode("windows-1251")):
        found = failure(Capture(head + body, status=status), "x")
        assert found is None or found.outcome is Outcome.COULD_NOT_LOOK


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    deep = Capture(b"<div>" * 60_000 + "ничего не найдено".encode())
    failure(deep, "x")
