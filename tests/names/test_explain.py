"""Explanations for a page. Names are invented, except those of the public case."""

from habeas.names import compare
from habeas.names.explain import VERDICTS, fragment
from habeas.names.reasons import RULES, Reason, Verdict


def test_every_verdict_and_rule_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert all(RULES.values())


def test_a_fragment_tells_verdict_names_and_bits() -> None:
    page = fragment(compare("Izzat Amon", "Холов Изатулло Амонович"), "en")
    assert "likely the same person" in page
    assert "<bdi>izzat</bdi> ~ <bdi>изатулло</bdi>: short form" in page


def test_hostile_names_are_escaped() -> None:
    comparison = compare("Pavel Dorokhin", "Дорохин <script>alert(1)</script>")
    assert "<script" not in fragment(comparison, "en")
    reason = Reason("given", "same name", "<b>", "&", 1.0)
    hostile = type(comparison)(1.0, Verdict.POSSIBLE, (reason,), 1.0)
    assert "<bdi>&lt;b&gt;</bdi> ~ <bdi>&amp;</bdi>" in fragment(hostile, "en")
