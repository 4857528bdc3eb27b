"""Claims with their speakers; an accusation is always somebody's, or nobody's by name."""

import pytest
from reading_texts import claims, custody, of

from habeas.reading import Kind, read
from habeas.reading.suggestions import Claim, Confidence, Count, Custody, Quote, Said, SpeakerKind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("OVD-Info said that he was beaten.", [("said", "OVD-Info")]),
        ("The ministry denied that he was beaten.", [("denies", "ministry")]),
        ("The prosecutor's office confirmed the arrest.", [("confirms", "prosecutor's office")]),
        ("Farhod Latipov claims that he was beaten.", [("claims", "Farhod Latipov")]),
        ("Правозащитник Фарход Латипов сообщил об этом.", [("said", "Фарход Латипов")]),
        ("Об этом сообщила адвокат Нигора Саидова.", [("said", "Нигора Саидова")]),
        ("По словам адвоката, его били.", [("said", "адвоката")]),
        ("В МВД сообщили, что проверка идёт.", [("said", "МВД")]),
        ("МВД отрицает задержание.", [("denies", "МВД")]),
        ("Вазорати корҳои дохилӣ инро рад кард.", [("denies", "Вазорати корҳои дохилӣ")]),
        ("Advokat Farhod Latipov bu haqda aytdi.", [("said", "Farhod Latipov")]),
    ],
)
def test_claims_have_their_speaker(text: str, found: list[tuple[str, str]]) -> None:
    assert claims(text) == found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The interior ministry accused Farhod Latipov of fraud.", "interior ministry"),
        ("Farhod Latipov is accused by prosecutors of fraud.", "prosecutors"),
        ("Прокуратура обвиняет Фархода Латипова в мошенничестве.", "Прокуратура"),
        ("МВД обвинило Фархода Латипова в мошенничестве.", "МВД"),
        ("Прокуратура Фарҳод Латиповро ба қаллобӣ айбдор мекунад.", "Прокуратура"),
        ("Prokuratura Farhod Latipovni firibgarlikda ayblamoqda.", "Prokuratura"),
        ("Le parquet accuse Farhod Latipov d'escroquerie.", "parquet"),
        ("Die Staatsanwaltschaft wirft Farhod Latipov Betrug vor.", "Staatsanwaltschaft"),
        ("La procura accusa Farhod Latipov di truffa.", "procura"),
    ],
)
def test_an_accusation_has_its_accuser(text: str, speaker: str) -> None:
    accusations = [v for one in of(text, Kind.CLAIM) if isinstance(v := one.value, Claim)]
    accused = [one for one in accusations if one.alleged]
    assert [one.speaker.name for one in accused] == [speaker]
    assert accused[0].content is not None


@pytest.mark.parametrize(
    "text",
    [
        "Farhod Latipov is accused of fraud.",
        "Фарход Латипов обвиняется в мошенничестве.",
        "Его обвиняют в мошенничестве.",
        "Фарҳод Латипов ба қаллобӣ айбдор мешавад.",
        "Farhod Latipov firibgarlikda ayblanmoqda.",
        "Farhod Latipov est accusé d'escroquerie.",
    ],
)
def test_an_accuser_who_is_not_named_is_not_invented(text: str) -> None:
    (found,) = list(of(text, Kind.CLAIM))
    assert isinstance(found.value, Claim)
    assert found.value.alleged
    assert found.value.speaker.kind is SpeakerKind.NOT_NAMED


def test_nobody_accuses_himself() -> None:
    text = "Farhod Latipov said that he was accused of fraud."
    accused = [one.value for one in of(text, Kind.CLAIM) if one.rule.startswith("accusation")]
    assert [one.speaker.kind for one in accused if isinstance(one, Claim)] == [
        SpeakerKind.NOT_NAMED
    ]
    assert [one.about for one in accused if isinstance(one, Claim)] == [0]


def test_a_denial_and_a_hedge_are_kept() -> None:
    (found,) = of("Police did not confirm the arrest.", Kind.CLAIM)
    assert isinstance(found.value, Claim)
    assert found.value.denied
    (found,) = [
        one
        for one in of("Latipov allegedly took bribes, the ministry said.", Kind.CLAIM)
        if one.rule == "accusation-adverb"
    ]
    assert isinstance(found.value, Claim)
    assert (found.value.hedge, found.value.speaker.name) == ("allegedly", "ministry")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police detained Farhod Latipov.", [("detained", "Farhod Latipov")]),
        (
            "Farhod Latipov was deported and later released.",
            [("deported", "Farhod Latipov"), ("released", "Farhod Latipov")],
        ),
        ("Фархода Латипова задержали.", [("detained", "Фарход Латипов")]),
        ("Фарҳод Латипов боздошт шуд.", [("detained", "Фарҳод Латипов")]),
        ("Farhod Latipov deportatsiya qilindi.", [("deported", "Farhod Latipov")]),
        ("The group held a rally and released a statement.", []),
        ("Они получили справку о выдаче книг.", []),
    ],
)
def test_custody_events_keep_their_words(text: str, found: list[tuple[str, str]]) -> None:
    assert custody(text) == found


def test_what_may_happen_and_what_is_denied_has_not_happened() -> None:
    (found,) = of("Farhod Latipov may be deported.", Kind.CUSTODY)
    assert isinstance(found.value, Custody)
    assert found.value.future
    (found,) = of("Farhod Latipov was not detained.", Kind.CUSTODY)
    assert isinstance(found.value, Custody)
    assert found.value.denied


def test_he_is_resolved_only_where_one_man_fits() -> None:
    one = "Farhod Latipov was released. He said that he was beaten."
    assert claims(one) == [("said", "Farhod Latipov")]
    two = "Farhod Latipov met Umed Nazarov. He said that he was beaten."
    (found,) = of(two, Kind.CLAIM)
    assert found.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“They beat us every day”, Farhod Latipov said.", "They beat us every day", 0),
        ("«Нас били каждый день», — сказал Фарход Латипов.", "Нас били каждый день", 0),
        ("Фарход Латипов сказал: «Нас били каждый день».", "Нас били каждый день", 0),
        ("Farhod Latipov: “They beat «us» every day”.", "They beat «us» every day", None),
    ],
)
def test_quotations_have_their_words_and_whose_they_are(
    text: str, words: str, speaker: int | None
) -> None:
    (found,) = [one.value for one in of(text, Kind.QUOTE)]
    assert isinstance(found, Quote)
    assert found.words == words
    assert found.speaker.person == speaker


def test_every_suggestion_says_why() -> None:
    from habeas.reading.rules import RULES

    text = "At least 120 of 400 people were held, OVD-Info said; МВД обвинило Латипова в побоях."
    reading = read(text)
    assert reading.suggestions
    assert all(one.rule in RULES for one in reading.suggestions)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Адвокат Зебо Раҳимова гуфт, ки Фирдавс Муродзода боздошт шуд. Суди шаҳри "
            "Душанбе ӯро ба 7 сол зиндон маҳкум кард. Ӯро тибқи моддаи 307 айбдор мекунанд."
        ),
        (
            "Advokat Anvar Sobirov mijozi Jasur Toshmatov hibsga olinganini aytdi. Sud uni "
            "16 yilga ozodlikdan mahrum qildi."
        ),
    ],
)
def test_the_lawyer_who_spoke_is_neither_sentenced_nor_the_accuser(text: str) -> None:
    reading = read(text)
    for one in reading.suggestions:
        if isinstance(one.value, Custody) and one.value.event == "sentenced":
            assert "Раҳимова" not in one.value.whom
            assert "Sobirov" not in one.value.whom
        if isinstance(one.value, Claim) and one.value.said is Said.ACCUSES:
            assert one.value.speaker.kind is SpeakerKind.NOT_NAMED


def test_a_surname_in_another_case_is_not_the_mothers_who_comes_later() -> None:
    reading = read(
        "Среди задержанных адвокат Умед Назаров. Верховный суд приговорил Назарова "
        "к 16 годам. Мать адвоката, Гулнора Назарова, сказала, что свидание дали лишь раз."
    )
    (sentenced,) = [
        one.value
        for one in reading.suggestions
        if isinstance(one.value, Custody) and one.value.event == "sentenced"
    ]
    assert sentenced.whom == "Умед Назаров"


def test_organisers_put_attendance_at_a_number() -> None:
    reading = read("Organisers put attendance at 100,000.")
    (count,) = [one.value for one in reading.suggestions if isinstance(one.value, Count)]
    assert (count.bounds.number, count.speaker.name) == (100_000, "Organisers")
