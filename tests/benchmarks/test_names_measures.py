"""The measures: small cases that can be reckoned by hand."""

import json
from math import inf, isnan
from pathlib import Path

import pytest
from benchmarks.names import confusion, elsewhere, measures, plots, report, scorers
from benchmarks.names.aims import AIMS, LOOKS
from benchmarks.names.measures import Judged, Row
from benchmarks.names.pairs import Pair
from benchmarks.names.scorers import ScorerFailed
from hypothesis import given
from hypothesis import strategies as st

_SCORES = st.lists(st.floats(-50, 50), min_size=1, max_size=40)


def _pairs(same: int, different: int, form: str = "full") -> list[Judged]:
    one = [Judged(form, "tajik", "same", same=True)] * same
    return one + [Judged(form, "tajik", "sibling", same=False)] * different


def test_a_threshold_lets_only_so_many_negatives_pass() -> None:
    negatives = [1.0, 2.0, 3.0, 4.0]
    assert measures.threshold(negatives, 0) == 4.0
    assert measures.threshold(negatives, 1) == 3.0
    assert measures.threshold(negatives, 4) == -inf


@given(_SCORES, st.integers(0, 5))
def test_never_more_negatives_pass_than_allowed_also_with_ties(
    scores: list[float], allowed: int
) -> None:
    ascending = sorted(round(score) * 1.0 for score in scores)
    limit = measures.threshold(ascending, allowed)
    assert sum(score > limit for score in ascending) <= allowed


def test_recall_is_counted_at_one_threshold_for_all_forms() -> None:
    pairs = [*_pairs(2, 2, "full"), *_pairs(2, 2, "initials")]
    scores = [9.0, 8.0, 1.0, 2.0, 4.0, 6.0, 5.0, 0.0]
    table = measures.table(pairs, scores, lambda pair: pair.form)
    # The worst of all negatives has 5.0: it sets the threshold for both forms.
    assert table["full"].one == (1.0, 1.0)
    assert table["initials"].one == (0.5, 0.5)
    assert table["full"].own == (1.0, 1.0)
    assert table["full"].auc == 1.0
    assert table["initials"].auc == 0.75


@given(_SCORES, _SCORES)
def test_auc_of_a_mirror_is_its_complement(one: list[float], other: list[float]) -> None:
    a = measures.auc(sorted(one), sorted(other))
    b = measures.auc(sorted(other), sorted(one))
    assert a + b == pytest.approx(1.0)


def test_nothing_to_measure_is_no_number() -> None:
    assert isnan(measures.above([], 0.0))
    assert isnan(measures.auc([], [1.0]))


def test_small_sets_may_pass_one_false() -> None:
    assert measures.small_recall(_pairs(2, 2), [5.0, 1.0, 9.0, 3.0]) == 0.5


def test_bits_are_worth_what_the_pairs_show() -> None:
    bins = measures.reliability(_pairs(100, 100), [10.0] * 100 + [-40.0] * 100)
    assert [(b.same, b.different) for b in bins] == [(0, 100), (100, 0)]
    assert bins[0].low < measures.LOWEST_BIN
    assert bins[1].share == 1.0
    assert bins[1].measured > 5


def test_verdicts_are_counted_for_both_kinds_of_pairs() -> None:
    found = measures.verdicts(_pairs(2, 1), ["likely", "different", "likely"])
    assert found == {"likely": (1, 1), "different": (1, 0)}


def _invented(same: bool, record: str, case: str) -> Pair:  # noqa: FBT001
    kind = "same" if same else "sibling"
    return Pair("full", "tajik", kind, "Собиров Далер", record, listed=True, case=case)


def test_the_worst_errors_are_grouped_by_what_decided_and_listed_once() -> None:
    pairs = [
        _invented(same=True, record="Сабиров Далер", case="0:-1"),
        _invented(same=True, record="Сабирова Далера", case="0:-1"),
        _invented(same=False, record="Собиров Дилшод", case="0:1"),
        _invented(same=True, record="Собиров Далер", case="1:-1"),
    ]
    reason = "given name: далер ~ далера: two different names, both in use (-16.0)"
    answers: list[dict[str, object]] = [
        {"score": -4.0, "verdict": "different", "reasons": [reason]},
        {"score": -9.0, "verdict": "different", "reasons": [reason]},
        {"score": 12.0, "verdict": "possible", "reasons": []},
        {"score": 25.0, "verdict": "likely", "reasons": []},
    ]
    missed = confusion.worst(pairs, answers, 5.0, same=True)
    assert [(wrong.bits, wrong.forms) for wrong in missed] == [(-9.0, 2)]
    assert missed[0].group.startswith("miss: given name, two different names, both in use")
    assert [w.pair.record for w in confusion.worst(pairs, answers, 5.0, same=False)] == [
        "Собиров Дилшод"
    ]


def test_a_group_without_an_explanation_says_so() -> None:
    wrong = confusion.Wrong(_invented(same=True, record="|", case=""), 0.0, "", "miss: x", "", 1)
    text = "\n".join(confusion.section([wrong], {"false": "never"}))
    assert "No explanation has been written" in text
    assert "\\|" in text


def test_the_page_that_is_kept_explains_every_group() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "names-benchmark.md"
    assert "No explanation has been written" not in page.read_text("utf-8")


def test_every_aim_belongs_to_a_form_that_is_shown() -> None:
    assert set(AIMS) <= set(LOOKS)


def test_a_form_on_which_a_peer_is_as_good_is_named() -> None:
    def row(recall: float) -> Row:
        return Row(10, 10, (recall, recall), (recall, recall), recall, (0.0, 0.0))

    tables = {
        "habeas": {"full": row(0.9), "zoda": row(0.5)},
        "peer": {"full": row(0.8), "zoda": row(0.5)},
    }
    assert report.not_best(tables) == ["zoda"]
    drawn = plots.recall_by_form(tables, ["full", "zoda"])
    assert drawn.count("<circle") == 3
    assert drawn.startswith("<svg")


def test_a_scorer_that_does_not_answer_every_pair_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def silent(_command: list[str], _text: str) -> tuple[str, str, float]:
        return "1.0\n", "0.5\n", 0.1

    monkeypatch.setattr(scorers, "_run", silent)
    with pytest.raises(ScorerFailed, match="2 pairs in, 1 answers out"):
        scorers.score("rapidfuzz", [("а", "б"), ("в", "г")], [("а", "б")])


def test_an_environment_that_cannot_be_made_says_what_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(_command: list[str], _text: str) -> tuple[str, str, float]:
        raise ScorerFailed("no compiler")

    monkeypatch.setattr(scorers, "_run", failing)
    why = scorers.prepare(tmp_path / "environment")
    assert why.startswith("no compiler")
    assert "libicu-dev pkg-config g++" in why


def test_habeas_answers_by_its_own_command() -> None:
    # Invented names.
    pairs = [("Собиров Далер", "Собирову Далеру"), ("Собиров Далер", "Юлдашев Тимур")]
    found = scorers.score("habeas", pairs, pairs)
    assert found.scores[0] > found.scores[1]
    assert {"score", "verdict", "reasons"} <= set(found.answers[0])


def test_a_folder_without_a_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hard").mkdir()
    (tmp_path / "hard" / "pairs.tsv").write_text("label\tquery\trecord\n1\tа\tб\n", "utf-8")
    assert json.dumps(elsewhere.read(tmp_path)["hard"][0])
    with pytest.raises(ScorerFailed, match="holds no forms"):
        elsewhere.run(tmp_path, ["habeas"], [])
