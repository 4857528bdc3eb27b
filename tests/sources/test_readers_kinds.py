"""What a file is: content first, name second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.sources.readers.kinds import FileKind, kind_of, whole_characters


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"", "a.html", FileKind.EMPTY),
        (b" \n\t", "a.txt", FileKind.EMPTY),
        (b"%PDF-1.7\n", "a.txt", FileKind.PDF),
        (b"junk\n%PDF-1.4\n", "", FileKind.PDF),
        (b"WARC/1.1\r\n", "x", FileKind.WARC),
        (b"\x1f\x8b\x08", "x.warc.gz", FileKind.WARC),
        (b"\x1f\x8b\x08", "x.csv.gz", FileKind.GZIP),
        (b"PK\x03\x04....datapackage.json", "x", FileKind.WACZ),
        (b"PK\x03\x04....word/document.xml", "x.docx", FileKind.ZIP),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + b"\x00" * 50, "list.csv", FileKind.BINARY),
        (b"<!DOCTYPE html><html>", "a.txt", FileKind.HTML),
        (b'<div class="alert">', "", FileKind.HTML),
        (b'{"name": "a"}\n{"name": "b"}\n', "a.txt", FileKind.JSONL),
        (b'[{"name": "a"}]', "", FileKind.JSON),
        (b'{\n "name": "a"\n}', "x.json", FileKind.JSON),
        (b"[photo] Moscow, 2 April", "", FileKind.TEXT),
        (b"a,b\n1,2\n", "x.csv", FileKind.CSV),
        ("фио;дата\nа;б\n".encode("cp1251"), "", FileKind.CSV),
        ("фио\tдата\nа\tб\n".encode(), "", FileKind.TSV),
        ("name\tborn\n".encode("utf-16-le"), "x.tsv", FileKind.TSV),
        ("фио\tдата\n".encode("utf-16"), "x.tsv", FileKind.TSV),
        ("Одна строка, вторая.\nЕщё одна".encode(), "article.txt", FileKind.TEXT),
    ],
)
def test_the_kind_of_a_file(head: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(head, name) is kind


@given(st.binary(max_size=400), st.text(max_size=12))
def test_any_bytes_have_a_kind(head: bytes, name: str) -> None:
    assert kind_of(head, name) in FileKind


@given(st.text(min_size=1, max_size=20), st.integers(0, 90))
def test_a_cut_leaves_no_half_character(text: str, cut: int) -> None:
    whole_characters(text.encode("utf-8", "replace")[:cut]).decode("utf-8")
