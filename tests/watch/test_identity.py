"""Identity and meaning: what must not look new, and what must not look the same."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.watch.conftest import FakeClock

from habeas.sources.contract import Capacity, Fact, Mention, Row
from habeas.watch.dates import backdated, printed_date
from habeas.watch.identity import Seen, differences, folded, identity_of, meaning, merged

PAGE = "https://court--xx.sudrf.ru/modules.php?name=sud_delo"
_WORDS = st.text("абвёйАБВЁЙ -.,1234567890", max_size=12)
_FACTS = st.dictionaries(
    st.sampled_from(["judge", "time", "result", "article", "party"]),
    st.one_of(
        _WORDS,
        st.lists(_WORDS, max_size=3),
        st.dictionaries(st.sampled_from(["date", "room"]), _WORDS),
    ),
)


def seen(facts: Any, *names: str) -> Seen:
    return Seen("uid:1", facts, mentions=tuple(Mention(name) for name in names))


# --- meaning ---------------------------------------------------------------------------------


@given(_FACTS, st.lists(_WORDS, max_size=4), st.randoms(use_true_random=False))
def test_order_case_and_yo_are_not_meaning(
    facts: dict[str, Fact], names: list[str], dice: random.Random
) -> None:
    items = list(facts.items())
    dice.shuffle(items)
    shuffled = sorted(names, key=lambda _name: dice.random())
    other = json.loads(
        json.dumps(dict(items)).replace("\\u0451", "\\u0435").replace("\\u0401", "\\u0415")
    )
    again = seen({**_upper(other), "n": 7}, *(f" {name.upper()} " for name in shuffled))
    assert again.digest == seen(facts, *names).digest
    assert differences(facts, again.facts) == {}


def _upper(value: Any) -> Any:
    if isinstance(value, str):
        return value.upper()
    if isinstance(value, list):
        return [_upper(one) for one in value[::-1]]
    if isinstance(value, dict):
        return {key: _upper(one) for key, one in value.items()}
    return value


@given(_FACTS, _FACTS)
def test_another_meaning_is_another_digest_and_is_shown(
    one: dict[str, Fact], other: dict[str, Fact]
) -> None:
    assert (seen(one).digest == seen(other).digest) == (meaning(one) == meaning(other))
    if meaning(one) != meaning(other) and one.keys() == other.keys():
        assert differences(one, other)


def test_a_difference_is_shown_as_printed() -> None:
    before = {"judge": "Прежний В.Г.", "time": "10:00"}
    after = {"judge": "Новый Д.Е.", "time": "10:00", "result": "Отложено"}
    assert differences(before, after) == {
        "judge": ["Прежний В.Г.", "Новый Д.Е."],
        "result": [None, "Отложено"],
    }


def test_an_empty_cell_and_no_cell_mean_the_same() -> None:
    assert differences({"result": ""}, {}) == {}


def test_a_letter_is_the_same_composed_or_not() -> None:
    assert folded("Семе\u0308нов  И\u0306.") == folded("СЕМЁНОВ Й.") == "семенов й."
    assert folded("Й") != folded("И")


# --- identity --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "link", "identity"),
    [
        ({"card_uuid": "AAAA-1", "uid": "77RS0001"}, "/card/1", "card_uuid:aaaa-1"),
        ({"case_uid": "bb-2", "case_id": "9"}, "/card/2", "case_uid:bb-2"),
        ({"uid": "77RS0027-02-2026-900002-61"}, "", "uid:77rs0027-02-2026-900002-61"),
        ({"case_id": "9", "delo_id": "15"}, "", "court--xx.sudrf.ru case_id:9 15"),
        ({"act_id": "9001"}, "", "court--xx.sudrf.ru act_id:9001"),
        ({}, "/news/1.html", "link:https://court--xx.sudrf.ru/news/1.html"),
    ],
)
def test_identity_is_the_site_s_own_identifier(
    facts: dict[str, Fact], link: str, identity: str
) -> None:
    row = Row(1, {"case_number": "5-1/2026", **facts}, link)
    assert identity_of(row, (), PAGE) == identity
    renumbered = Row(7, {"case_number": "5-99/2026", **facts}, link)
    assert identity_of(renumbered, (), PAGE) == identity


def test_without_identifier_it_is_who_is_named_in_what_matter() -> None:
    people = (Mention("Выдумов А.Б."), Mention("Судьин В.Г.", capacity=Capacity.OFFICIAL))
    row = Row(
        1, {"case_number": "1", "article": "ст. 18.8", "judge": "Судьин В.Г.", "time": "9:00"}
    )
    same = Row(
        5, {"case_number": "2", "article": "СТ. 18.8", "judge": "Новый Д.Е.", "time": "9:30"}
    )
    other_judge = (Mention("ВЫДУМОВ А.Б."), Mention("Новый Д.Е.", capacity=Capacity.OFFICIAL))
    assert identity_of(row, people, PAGE) == identity_of(same, other_judge, PAGE)
    assert identity_of(row, people, PAGE) != identity_of(row, (Mention("Небылов А.Б."),), PAGE)
    assert identity_of(row, people, PAGE) != identity_of(row, people, "https://other.sudrf.ru/")


def test_a_long_link_stays_within_its_column_and_distinct() -> None:
    long = "/x" * 400
    one = identity_of(Row(1, {}, long + "1"), (), PAGE)
    other = identity_of(Row(1, {}, long + "2"), (), PAGE)
    assert len(one) == len(other) == 300
    assert one != other


@given(st.lists(st.tuples(st.sampled_from("abc"), _WORDS), max_size=6))
def test_merging_keeps_every_name_and_no_order(rows: list[tuple[str, str]]) -> None:
    entries = [
        Seen(key, {"time": word}, mentions=(Mention(word, row=n),))
        for n, (key, word) in enumerate(rows)
    ]
    found = merged(entries)
    assert set(found) == {key for key, _word in rows}
    for key, one in found.items():
        printed = {mention.printed for mention in one.mentions}
        assert printed == {word for other, word in rows if other == key}
    digests = {key: one.digest for key, one in found.items()}
    assert digests == {key: one.digest for key, one in merged(entries[::-1]).items()}


# --- dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.11.2026 10:15", "2026-11-24"),
        ("03-11-2026 09:01", "2026-11-03"),
        ("31.02.2026", None),
        ("завтра", None),
        ("1124.11.20263", None),
    ],
)
def test_printed_dates(text: str, day: str | None) -> None:
    found = printed_date(text)
    assert (found.isoformat() if found else None) == day


def test_backdated_finds_what_claims_to_have_been_there(clock: FakeClock) -> None:
    before: Fact = {"events": [{"published": "20.11.2026"}]}
    after: Fact = {
        "events": [
            {"published": "20.11.2026"},
            {"published": "21.11.2026"},
            {"published": "24.11.2026"},
        ]
    }
    assert backdated(before, after, clock.now()) == ["21.11.2026"]
