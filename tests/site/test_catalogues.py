"""Every sentence of the pages is in every catalogue, with its placeholders, and compiled."""

import gettext
import re

import pytest
import site_catalogue as catalogues

LANGUAGES = catalogues.LANGUAGES
EVERY = (*LANGUAGES, catalogues.DERIVED)
_TAG = re.compile(r"<[a-z/]")


def _singular(message_id: object) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]  # type: ignore[index]


def _forms(string: object) -> list[str]:
    return [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]


def test_there_is_something_to_translate() -> None:
    wanted = {_singular(message.id) for message in catalogues.collected() if message.id}
    assert len(wanted) > 200
    assert "Not found in %(source)s (%(list)s) on %(moment)s." in wanted
    assert "could not look" in wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str) -> None:
    known = {_singular(m.id): m for m in catalogues.kept(language) if m.id}
    wanted = {_singular(m.id) for m in catalogues.collected() if m.id}
    titles = {_singular(m.id) for m in catalogues.told_of_sources() if m.id}
    assert wanted - set(known) == set(), "run tests/support/site_catalogue.py"
    assert set(known) - wanted - titles == set(), "run tests/support/site_catalogue.py"
    empty = [key for key in wanted if not all(_forms(known[key].string))]
    assert empty == []


@pytest.mark.parametrize("language", EVERY)
def test_a_translation_keeps_the_placeholders_and_adds_no_markup(language: str) -> None:
    for message in catalogues.kept(language):
        if not message.id:
            continue
        wanted = set(catalogues.PLACEHOLDER.findall(_singular(message.id)))
        for form in _forms(message.string):
            assert set(catalogues.PLACEHOLDER.findall(form)) == wanted, form
            assert not _TAG.search(form), form


@pytest.mark.parametrize("language", EVERY)
def test_the_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    with catalogues.path_of(language, "mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogues.kept(language):
        if not message.id:
            continue
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string
            continue
        singular, plural = message.id
        forms = {compiled.ngettext(singular, plural, n) for n in range(1, 120)}
        assert forms == set(_forms(message.string))


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("ru", 0, "0 просмотров"),
        ("ru", 1, "1 просмотр"),
        ("ru", 2, "2 просмотра"),
        ("ru", 5, "5 просмотров"),
        ("ru", 11, "11 просмотров"),
        ("ru", 21, "21 просмотр"),
        ("tg", 0, "0 санҷиш"),
        ("tg", 1, "1 санҷиш"),
        ("tg", 21, "21 санҷиш"),
        ("uz", 0, "0 ta tekshiruv"),
        ("uz", 1, "1 ta tekshiruv"),
        ("uz", 21, "21 ta tekshiruv"),
        ("uz-cyrl", 1, "1 та текширув"),
        ("uz-cyrl", 21, "21 та текширув"),
    ],
)
def test_numbers_take_the_form_of_their_language(language: str, n: int, expected: str) -> None:
    from django.utils.translation import ngettext, override

    with override(language):
        assert ngettext("%(n)s look", "%(n)s looks", n) % {"n": n} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_negative_names_source_list_and_time_in_every_language(language: str) -> None:
    from django.utils.translation import gettext as translated
    from django.utils.translation import override

    with override(language):
        sentence = translated("Not found in %(source)s (%(list)s) on %(moment)s.")
        could_not = translated("could not look")
    assert {"%(source)s", "%(list)s", "%(moment)s"} == set(catalogues.PLACEHOLDER.findall(sentence))
    assert could_not.casefold() not in sentence.casefold()


def test_the_cyrillic_uzbek_catalogue_is_the_latin_one_turned() -> None:
    latin = {_singular(m.id): m.string for m in catalogues.kept("uz") if m.id}
    turned = {_singular(m.id): m.string for m in catalogues.kept(catalogues.DERIVED) if m.id}
    assert set(latin) == set(turned)
    stale = [
        key
        for key, said in latin.items()
        if [catalogues.cyrillic(one) for one in _forms(said)] != _forms(turned[key])
    ]
    assert stale == [], "run tests/support/site_catalogue.py"


@pytest.mark.parametrize(
    ("latin", "turned"),
    [
        ("Oʻzbekiston", "Ўзбекистон"),
        ("Gʻoyib boʻldi, shahar, choy", "Ғойиб бўлди, шаҳар, чой"),
        ("Ertaga yana yoʻq", "Эртага яна йўқ"),
        ("eʼlon, maʼlum, aeroport", "эълон, маълум, аэропорт"),
        ("deportatsiya qilingan", "депортация қилинган"),
        ("UTC %(moment)s habeas serve", "UTC %(moment)s habeas serve"),
        ("25 MB dan katta", "25 MB дан катта"),
        ("politsiya boʻlimi (ОВД)", "полиция бўлими (ОВД)"),
    ],
)
def test_uzbek_is_turned_by_the_official_table(latin: str, turned: str) -> None:
    assert catalogues.cyrillic(latin) == turned
