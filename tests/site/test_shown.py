"""Names and other texts of sources on a page: as they are, and unable to do anything."""

from datetime import datetime, timedelta, timezone

import django_ready  # noqa: F401 - sets Django up
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from site_story import HOSTILE, LONG, Story, matched

from habeas.watch.models import Look, Match, Spelling, Version
from habeas.watch.pages import shown


def test_a_name_is_isolated_and_marked_with_its_language() -> None:
    assert shown.name("Ойбодом", "ru") == (
        '<bdi class="name" translate="no" lang="ru">Ойбодом</bdi>'
    )


@given(st.text(max_size=60))
def test_no_name_can_leave_its_element(text: str) -> None:
    made = str(shown.name(text))
    inner = made.removeprefix('<bdi class="name" translate="no">').removesuffix("</bdi>")
    assert len(made) - len(inner) == len('<bdi class="name" translate="no"></bdi>')
    assert not set(inner) & set("<>\"'")
    for unsafe in "\x00\x1b\r\n\u202e\u2066\u2069\u200f\u2028\ufeff\x85":
        assert unsafe not in inner


def test_a_moment_is_told_in_utc_whatever_its_zone() -> None:
    moscow = datetime(2026, 11, 24, 2, 30, tzinfo=timezone(timedelta(hours=3)))
    assert shown.utc(moscow) == (
        '<time datetime="2026-11-23T23:30:00Z">2026-11-23 23:30 UTC</time>'
    )
    assert shown.utc(None) == "never"


@pytest.mark.parametrize(
    ("weight", "words"), [(12.34, "+12.3"), (-3.0, "\N{MINUS SIGN}3.0"), (0.0, "+0.0")]
)
def test_a_weight_carries_its_sign(weight: float, words: str) -> None:
    assert shown.bits(weight) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0.0001, "< 0.01"), (0.084, "0.084"), (3.21, "3.2"), (1234.5, "1234")]
)
def test_namesakes_are_as_precise_as_they_are_known(number: float, words: str) -> None:
    assert shown.namesakes(number) == words


@pytest.mark.parametrize("text", [HOSTILE, LONG, "\u202e" * 500 + "х"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_hostile_names_are_printed_and_never_run(
    text: str, language: str, story: Story, owner: Client
) -> None:
    Spelling.objects.create(person=story.person, text=text)
    hostile = matched(story.person, story.look, text, "case-hostile")
    Match.objects.filter(pk=hostile.pk).update(
        reasons=[{"part": "p", "rule": "r", "text": text}], verdict="likely", bits=20.0
    )
    Version.objects.filter(pk=hostile.mention.version_id).update(
        facts={"judge": text, "<b>key</b>": {"x": [text]}}, link="javascript:alert(1)"
    )
    Look.objects.filter(pk=story.look.pk).update(
        explanation=text,
        requests=[{"url": text, "method": text, "purpose": text, "sha256": text, "body": text}],
    )
    for address in (
        "",
        "people/H7K3M/",
        f"matches/{hostile.pk}/",
        f"looks/{story.look.pk}/",
        "sources/ru_mosgorsud/",
        f"spellings/{story.spelling.pk}/withdraw/",
    ):
        response = owner.get(f"/{language}/{address}")
        assert response.status_code == 200, address
        page = response.content.decode()
        for unsafe in ("<script", "<img", "\u202e", "\x1b", "\x07", "javascript:", "<b>"):
            assert unsafe not in page, address
        assert "14}" not in page.replace("{{", "")  # no template in a name is worked out
