"""Identity as a claim: nothing joins two but a signature, and a signature can be taken back."""

from case_story import NOW, invented, say

from habeas.cases.identity.clusters import cluster_of, signed_pairs
from habeas.cases.identity.section import context
from habeas.cases.statements import reading, recording
from habeas.cases.statements.models import Subject
from habeas.cases.statements.recording import Hand, Said

HAND = Hand("owner", NOW)


def record(title: str = "Entry of a court") -> Subject:
    return recording.new_subject(Subject.RECORD, title, HAND)


def test_a_ministry_says_the_same_a_lawyer_says_not_and_the_page_shows_exactly_that(
    case: Subject,
) -> None:
    entry = record()
    say(case, "same_as", "same", "Ministry", "ministry", other=entry)
    say(case, "same_as", "not_same", "His lawyer", "lawyer", other=entry)
    shown = context(case, NOW)
    ((pair, versions),) = shown["pairs"]
    assert pair.disputed
    assert pair.line is None
    assert {(sign.word, one.statements[0].speaker) for sign, one in versions} == {
        ("the same person", "Ministry"),
        ("not the same person", "His lawyer"),
    }
    assert cluster_of(case).members == {case.pk}


def test_a_claim_joins_nothing_a_signature_does_and_taking_it_back_undoes_it(case: Subject) -> None:
    entry = record()
    claim = say(case, "same_as", "same", "Ministry", "ministry", other=entry)
    assert cluster_of(case).members == {case.pk}
    recording.sign([claim], HAND, reason="Passport number compared")
    assert cluster_of(case).members == cluster_of(entry).members == {case.pk, entry.pk}
    recording.retract(claim, Said("Ministry", "ministry"), HAND, reason="withdrawn")
    assert cluster_of(case).members == {case.pk}


def test_the_newest_signature_counts_from_either_side(case: Subject) -> None:
    other = invented("OTHER", "Другой Вымышлен")
    yes = say(case, "same_as", "same", other=other)
    no = say(other, "same_as", "not_same", other=case)
    recording.sign([yes], HAND, reason="looks alike")
    recording.sign([no], HAND, reason="born in another year")
    assert list(signed_pairs().values()) == ["not_same"]
    assert cluster_of(case).members == {case.pk}


def test_a_chain_that_contradicts_itself_is_told(case: Subject) -> None:
    a, b = record("A"), record("B")
    for one, other, value in ((case, a, "same"), (a, b, "same"), (case, b, "not_same")):
        recording.sign([say(one, "same_as", value, other=other)], HAND, reason="because")
    cluster = cluster_of(case)
    assert cluster.members == {case.pk, a.pk, b.pk}
    assert cluster.against == ((case.pk, b.pk),)
    assert context(case, NOW)["against"]


def test_pairs_with_different_others_are_different_questions(case: Subject) -> None:
    say(case, "same_as", "same", other=record("A"))
    say(case, "same_as", "not_same", other=record("B"))
    found = reading.questions(case, "same_as")
    assert len(found) == 2
    assert not any(one.disputed for one in found)


def test_signing_two_answers_at_once_leaves_it_open(case: Subject) -> None:
    entry = record()
    both = [say(case, "same_as", value, other=entry) for value in ("same", "not_same")]
    recording.sign(both, HAND, reason="cannot tell")
    assert list(signed_pairs().values()) == ["open"]
    assert cluster_of(case).members == {case.pk}


def test_a_claim_is_seen_from_the_other_side_too(case: Subject) -> None:
    entry = record()
    said = say(case, "related", "party", other=entry)
    assert context(entry, NOW)["claimed_by"] == [said]
