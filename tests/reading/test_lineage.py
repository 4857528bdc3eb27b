"""Copies and translations are proposed, and what their wording changed is shown."""

from hypothesis import given
from hypothesis import strategies as st

from habeas.reading.lineage import Changed, Document, changed_words, lineage

_ROOT = (
    "About 120 of more than 400 protesters were detained outside the embassy in Moscow on April 2, "
    "OVD-Info said. They came to support Farhod Latipov, who was deported in late March. Police "
    "took them to four stations."
)
_COPY = (
    "At least 120 of 400 protesters were detained outside the embassy in Moscow on April 2, "
    "OVD-Info said. They came to support Farhod Latipov, who was expelled in late March."
)
_TRANSLATION = (
    "У посольства в Москве 2 апреля задержали около 120 из более чем 400 протестующих, сообщил "
    "«ОВД-Инфо». Они поддерживали Фархода Латипова, которого депортировали в конце марта. Их "
    "отвезли в четыре отдела."
)
_OTHER = "A court in Baku sentenced Rauf Talishli to six years on May 5. About 60 people protested."


def _documents() -> list[Document]:
    return [
        Document("translation", _TRANSLATION, "2021-04-04"),
        Document("copy", _COPY, "2021-04-03"),
        Document("root", _ROOT, "2021-04-02"),
        Document("other", _OTHER, "2021-05-05"),
    ]


def test_a_copy_and_a_translation_have_the_first_text_as_their_root() -> None:
    found = {one.copy: (one.root, one.kind) for one in lineage(_documents())}
    assert found == {"copy": ("root", "copy"), "translation": ("root", "translation")}


def test_what_a_copy_changed_is_shown_word_by_word() -> None:
    (copy,) = [one for one in lineage(_documents()) if one.copy == "copy"]
    assert Changed("About", "At least") in copy.changed
    assert Changed("deported", "expelled") in copy.changed
    assert next((one.root, one.copy) for one in copy.harder) == (
        "About 120 of more than 400 protesters",
        "At least 120 of 400 protesters",
    )


def test_five_copies_are_one_root() -> None:
    copies = [Document(f"copy {day}", _COPY, f"2021-04-0{day}") for day in range(3, 8)]
    found = lineage([*copies, Document("root", _ROOT, "2021-04-02")])
    assert {one.root for one in found} == {"root"}
    assert len(found) == 5


def test_another_story_about_the_same_city_is_no_copy() -> None:
    other = (
        "Police detained two men in Moscow on April 9 after a fight at a market, the ministry said."
    )
    assert lineage([Document("a", _ROOT), Document("b", other)]) == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    changed_words(one, other)
    assert changed_words(one, one) == []


def test_a_document_without_a_word_repeats_nothing() -> None:
    assert lineage([Document("a", "1 2 3 4 5 6 7"), Document("b", "1 2 3 4 5 6 7")]) == []
