"""What a comparison says: a number of bits, a verdict, and reasons that a lawyer can attack."""

from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from habeas.language import current, in_language


class Verdict(StrEnum):
    """What the names alone say about record and sought person; a person decides."""

    SAME = "same"
    LIKELY = "likely"
    POSSIBLE = "possible"
    CANNOT_TELL = "cannot_tell"
    DIFFERENT = "different"


REPORTED = frozenset((Verdict.SAME, Verdict.LIKELY, Verdict.POSSIBLE))
"""The verdicts that a screening reports; the rest says too little to be read by a person."""


SAME_FROM = 26.0
LIKELY_FROM = 15.5
POSSIBLE_FROM = 9.0
DIFFERENT_BELOW = -2.0
"""Bits. Below POSSIBLE_FROM the names say too little; from SAME_FROM on, with a full given name."""

PARTS = {
    "surname": "surname",
    "given": "given name",
    "father": "father's name",
    "gender": "gender",
    "order": "order of words",
    "birth": "year of birth",
    "citizenship": "citizenship",
    "place": "place",
    "relative": "relative",
    "all": "whole name",
}

RULES = {
    "same surname": "the same surname",
    "other spelling": "another spelling of the same name",
    "typing error": "alike but for what may be a typing error",
    "other surname ending": "the same surname with another ending",
    "half of a double surname": "one half of a double surname",
    "surname differs": "two different surnames",
    "same name": "the same name",
    "equivalent names": "forms of one name in two languages",
    "short form": "short form",
    "mistyped short form": "short form, with what may be a typing error",
    "two different names": "two different names, both in use",
    "names differ": "two different names",
    "initial agrees": "the initial agrees",
    "initial differs": "the initial is another letter",
    "gender differs": "one is a man's name, the other a woman's",
    "unknown": "unknown in what we have",
    "not printed": "not printed here",
    "not known": "not known of the sought person",
    "reading": "read in a less usual order, or the father's name as surname",
    "undeclined": "words in cases that do not go together",
    "too little": "too little to compare",
    "rest unread": "more words than a name has; only the first were read, search it as a text",
    "birth agrees": "the same year of birth",
    "birth near": "years of birth one apart, as clerks err",
    "birth differs": "years of birth that cannot be one person's",
    "gender agrees": "the same gender",
    "gender fact differs": "one is known as a man, the other as a woman",
    "citizenship agrees": "the same citizenship",
    "citizenship differs": "two different citizenships",
    "place agrees": "the same place",
    "place differs": "two different places",
    "relative agrees": "a relative of the same name",
}


class Reason(NamedTuple):
    """One step of a comparison.

    Attributes:
        part: which part of the name, a key of PARTS.
        rule: what was found about it, a key of RULES.
        sought: the word of the sought person's spelling; empty if there is none.
        printed: the word of the record; empty if there is none.
        bits: what it adds (or takes away).
    """

    part: str
    rule: str
    sought: str
    printed: str
    bits: float

    def sentence(self, language: str | None = None) -> str:
        """Return the reason in words: `given name: Izzat ~ Изатулло: short form (+6.1)`."""
        part, rule, sought, printed, bits = self
        before, after = worded(part, rule, language or current())
        shown = f"{sought} ~ {printed}" if sought and printed else sought or printed
        return (
            f"{before}{shown}{after}{signed(bits)})"
            if shown
            else f"{before[:-2]}{after}{signed(bits)})"
        )


@cache
def worded(part: str, rule: str, language: str) -> tuple[str, str]:
    """Return what a sentence says before and after the words of the two names."""
    before, after = in_language(PARTS[part], language), in_language(RULES[rule], language)
    return f"{before}: ", f": {after} ("


@lru_cache(maxsize=1 << 14)
def signed(bits: float) -> str:
    """Return bits as they are shown, with their sign; 0 for less than a twentieth of one."""
    return "0" if abs(bits) < _SHOWN_FROM else f"{bits:+.1f}"


_SHOWN_FROM = 0.05


class Comparison(NamedTuple):
    """How a printed name compares with a sought person.

    Attributes:
        bits: weight of evidence; each bit doubles the odds that the record is this person.
        verdict: what that means for a reader, by the thresholds above.
        reasons: the steps, most of their bits adding up to `bits`.
        namesakes: how many other people would fit as well, of the people in `among`.
        among: a million; or, with learned counts, the people who were counted in the source.
    """

    bits: float
    verdict: Verdict
    reasons: tuple[Reason, ...]
    namesakes: float
    among: int = 1_000_000


def verdict_of(bits: float, *, full: bool, contradicted: bool) -> Verdict:
    """Return the verdict for so many bits.

    Args:
        bits: weight of evidence.
        full: surname and given name both agree in full; initials never make "same".
        contradicted: some part speaks against.
    """
    if contradicted or bits < DIFFERENT_BELOW:
        return Verdict.DIFFERENT
    if bits >= SAME_FROM and full:
        return Verdict.SAME
    if bits >= LIKELY_FROM:
        return Verdict.LIKELY
    if bits >= POSSIBLE_FROM:
        return Verdict.POSSIBLE
    return Verdict.CANNOT_TELL
