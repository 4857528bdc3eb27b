"""Bytes become text as they were meant; what is lost is counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.sources.decode import decode

RUSSIAN = "Привлекаемое лицо Выдумов Н.Н., Тверской районный суд города Москвы"
CYRILLIC = ["windows-1251", "koi8-r", "cp866", "utf-8", "utf-16"]


@pytest.mark.parametrize("written", CYRILLIC)
@pytest.mark.parametrize(
    "header",
    [
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=windows-1251",
        "text/html; charset=KOI8-R",
        "text/html; charset=iso-8859-1",
        "text/html; charset=nonsense",
        "text/html; charset=hex",
        "text/html; charset=unicode_escape",
        "text/html; charset=utf-7",
    ],
)
def test_russian_is_read_whatever_the_header_says(written: str, header: str) -> None:
    read = decode(RUSSIAN.encode(written), header)
    assert read.text == RUSSIAN
    assert read.replacements == 0


def test_the_page_counts_where_the_header_is_silent() -> None:
    body = f"<meta charset='windows-1251'><p>{RUSSIAN}".encode("windows-1251")
    read = decode(body, "text/html")
    assert (read.declared, read.used) == ("windows-1251", "windows-1251")


def test_a_declared_charset_of_another_family_is_believed() -> None:
    assert decode("Größe".encode("iso-8859-15"), "text/html; charset=iso-8859-15").text == "Größe"
    assert decode("日本".encode("shift_jis"), "charset=shift_jis").text == "日本"


def test_a_french_page_does_not_become_cyrillic() -> None:
    french = "Été à l'école où un garçon naïf a déjà mangé"
    for header in ("", "text/html; charset=iso-8859-1"):
        assert decode(french.encode("latin-1"), header).text == french


def test_a_page_cut_inside_a_letter_stays_utf8() -> None:
    for header in ("", "text/html; charset=windows-1251"):
        read = decode("Ғайратҷон Қурбонзода".encode()[:-1], header)
        assert read.text == "Ғайратҷон Қурбонзод\ufffd"
        assert read.replacements == 1


def test_text_encoded_twice_is_undone_and_noted() -> None:
    read = decode(RUSSIAN.encode().decode("latin-1").encode())
    assert read.text == RUSSIAN
    assert read.twice


def test_utf16_without_a_mark_is_seen() -> None:
    page = f"<html><head><title>Suspects of the week</title></head><p>{RUSSIAN}"
    for charset in ("utf-16-le", "utf-16-be"):
        assert decode(page.encode(charset)).text == page


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-32"])
def test_a_page_that_can_say_so_is_not_in_utf16(declared: str) -> None:
    body = f'<meta charset="{declared}"><td>Выдумов Ойбодом</td>'.encode("windows-1251")
    decoded = decode(body)
    assert decoded.used == "windows-1251"
    assert "Выдумов Ойбодом" in decoded.text


def test_ascii_keeps_the_declared_name() -> None:
    assert decode(b"<p>x", "text/html; charset=windows-1251").used == "windows-1251"


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_comes_back(text: str) -> None:
    body = text.encode()
    if b"\0" in body or body.startswith((b"\xef\xbb\xbf",)) or decode(body).twice:
        return
    assert decode(body).text == text


@settings(max_examples=300)
@given(st.binary(max_size=300), st.text(st.characters(codec="ascii"), max_size=20))
def test_any_bytes_become_encodable_text(body: bytes, charset: str) -> None:
    read = decode(body, f"text/html; charset={charset}")
    read.text.encode()  # no lone surrogates: a parser would refuse them
    assert read.replacements == read.text.count("\ufffd")
